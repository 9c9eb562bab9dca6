CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "organizations" (
    "id" TEXT NOT NULL CONSTRAINT "PK_organizations" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "projects" (
    "id" TEXT NOT NULL CONSTRAINT "PK_projects" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "FK_projects_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE RESTRICT
);

CREATE TABLE "api_keys" (
    "public_key" TEXT NOT NULL CONSTRAINT "PK_api_keys" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "secret_display" TEXT NOT NULL,
    "note" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "FK_api_keys_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE INDEX "IX_api_keys_project_id" ON "api_keys" ("project_id");

CREATE UNIQUE INDEX "IX_api_keys_secret_hash" ON "api_keys" ("secret_hash");

CREATE INDEX "IX_projects_organization_id" ON "projects" ("organization_id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123210328_InitialCreate', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "prompts" (
    "id" TEXT NOT NULL CONSTRAINT "PK_prompts" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" INTEGER NOT NULL,
    "tags" TEXT NOT NULL,
    CONSTRAINT "FK_prompts_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "prompt_versions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_prompt_versions" PRIMARY KEY,
    "prompt_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "config" TEXT NOT NULL,
    "commit_message" TEXT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_prompt_versions_prompts_prompt_id" FOREIGN KEY ("prompt_id") REFERENCES "prompts" ("id") ON DELETE CASCADE
);

CREATE TABLE "prompt_dependencies" (
    "id" TEXT NOT NULL CONSTRAINT "PK_prompt_dependencies" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "parent_id" TEXT NOT NULL,
    "child_name" TEXT NOT NULL,
    "child_version" INTEGER NULL,
    "child_label" TEXT NULL,
    CONSTRAINT "FK_prompt_dependencies_prompt_versions_parent_id" FOREIGN KEY ("parent_id") REFERENCES "prompt_versions" ("id") ON DELETE CASCADE
);

CREATE TABLE "prompt_labels" (
    "prompt_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    CONSTRAINT "PK_prompt_labels" PRIMARY KEY ("prompt_id", "label"),
    CONSTRAINT "FK_prompt_labels_prompt_versions_version_id" FOREIGN KEY ("version_id") REFERENCES "prompt_versions" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_prompt_labels_prompts_prompt_id" FOREIGN KEY ("prompt_id") REFERENCES "prompts" ("id") ON DELETE CASCADE
);

CREATE INDEX "IX_prompt_dependencies_parent_id" ON "prompt_dependencies" ("parent_id");

CREATE INDEX "IX_prompt_dependencies_project_id_child_name" ON "prompt_dependencies" ("project_id", "child_name");

CREATE INDEX "IX_prompt_labels_version_id" ON "prompt_labels" ("version_id");

CREATE UNIQUE INDEX "IX_prompt_versions_prompt_id_version" ON "prompt_versions" ("prompt_id", "version");

CREATE UNIQUE INDEX "IX_prompts_project_id_name" ON "prompts" ("project_id", "name");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125000000_Contract', '10.0.15');

COMMIT;

