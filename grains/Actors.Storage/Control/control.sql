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
CREATE TABLE "models" (
    "id" TEXT NOT NULL CONSTRAINT "PK_models" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "match_pattern" TEXT NOT NULL,
    "start_date" INTEGER NULL,
    "unit" TEXT NULL,
    "tokenizer_id" TEXT NULL,
    "tokenizer_config" TEXT NULL,
    "tiers" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "added_in" INTEGER NOT NULL,
    "removed_in" INTEGER NULL,
    CONSTRAINT "FK_models_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_models_project_id_added_in" ON "models" ("project_id", "added_in");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125000000_Contract', '10.0.15');

COMMIT;

