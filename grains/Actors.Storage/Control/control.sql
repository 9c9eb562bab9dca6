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
ALTER TABLE "projects" ADD "metadata" TEXT NOT NULL DEFAULT '{}';

ALTER TABLE "projects" ADD "retention_days" INTEGER NULL;

ALTER TABLE "projects" ADD "updated_at" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "organizations" ADD "metadata" TEXT NOT NULL DEFAULT '{}';

ALTER TABLE "organizations" ADD "updated_at" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "api_keys" ADD "organization_id" TEXT NULL;

CREATE TABLE "annotation_queues" (
    "id" TEXT NOT NULL CONSTRAINT "PK_annotation_queues" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "score_config_ids" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_annotation_queues_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "comments" (
    "id" TEXT NOT NULL CONSTRAINT "PK_comments" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "object_type" INTEGER NOT NULL,
    "object_id" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "author_user_id" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_comments_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "datasets" (
    "id" TEXT NOT NULL CONSTRAINT "PK_datasets" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "metadata" TEXT NULL,
    "input_schema" TEXT NULL,
    "expected_output_schema" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "FK_datasets_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "llm_connections" (
    "id" TEXT NOT NULL CONSTRAINT "PK_llm_connections" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "adapter" INTEGER NOT NULL,
    "secret_key" TEXT NOT NULL,
    "display_secret_key" TEXT NOT NULL,
    "base_url" TEXT NULL,
    "custom_models" TEXT NOT NULL,
    "with_default_models" INTEGER NOT NULL,
    "extra_header_keys" TEXT NOT NULL,
    "extra_headers" TEXT NULL,
    "config" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_llm_connections_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "media" (
    "project_id" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content_length" INTEGER NOT NULL,
    "announced_at" INTEGER NOT NULL,
    "uploaded_at" INTEGER NULL,
    "upload_status" INTEGER NULL,
    "upload_error" TEXT NULL,
    CONSTRAINT "PK_media" PRIMARY KEY ("project_id", "media_id"),
    CONSTRAINT "FK_media_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

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

CREATE TABLE "project_erasures" (
    "project_id" TEXT NOT NULL CONSTRAINT "PK_project_erasures" PRIMARY KEY,
    "requested_at" INTEGER NOT NULL
);

CREATE TABLE "prompts" (
    "id" TEXT NOT NULL CONSTRAINT "PK_prompts" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" INTEGER NOT NULL,
    "tags" TEXT NOT NULL,
    CONSTRAINT "FK_prompts_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "score_configs" (
    "id" TEXT NOT NULL CONSTRAINT "PK_score_configs" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data_type" INTEGER NOT NULL,
    "is_archived" INTEGER NOT NULL,
    "min_value" REAL NULL,
    "max_value" REAL NULL,
    "categories" TEXT NULL,
    "description" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_score_configs_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "users" (
    "id" TEXT NOT NULL CONSTRAINT "PK_users" PRIMARY KEY,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "name" TEXT NULL,
    "password_hash" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
);

CREATE TABLE "annotation_assignments" (
    "queue_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "PK_annotation_assignments" PRIMARY KEY ("queue_id", "user_id"),
    CONSTRAINT "FK_annotation_assignments_annotation_queues_queue_id" FOREIGN KEY ("queue_id") REFERENCES "annotation_queues" ("id") ON DELETE CASCADE
);

CREATE TABLE "annotation_items" (
    "id" TEXT NOT NULL CONSTRAINT "PK_annotation_items" PRIMARY KEY,
    "queue_id" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "object_type" INTEGER NOT NULL,
    "status" INTEGER NOT NULL,
    "completed_at" INTEGER NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_annotation_items_annotation_queues_queue_id" FOREIGN KEY ("queue_id") REFERENCES "annotation_queues" ("id") ON DELETE CASCADE
);

CREATE TABLE "dataset_item_versions" (
    "project_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER NULL,
    "dataset_id" TEXT NOT NULL,
    "is_deleted" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "status" INTEGER NOT NULL,
    "input" TEXT NULL,
    "expected_output" TEXT NULL,
    "metadata" TEXT NULL,
    "source_trace_id" TEXT NULL,
    "source_observation_id" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "PK_dataset_item_versions" PRIMARY KEY ("project_id", "item_id", "valid_from"),
    CONSTRAINT "FK_dataset_item_versions_datasets_dataset_id" FOREIGN KEY ("dataset_id") REFERENCES "datasets" ("id") ON DELETE CASCADE
);

CREATE TABLE "dataset_runs" (
    "id" TEXT NOT NULL CONSTRAINT "PK_dataset_runs" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "metadata" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_dataset_runs_datasets_dataset_id" FOREIGN KEY ("dataset_id") REFERENCES "datasets" ("id") ON DELETE CASCADE
);

CREATE TABLE "media_uses" (
    "id" TEXT NOT NULL CONSTRAINT "PK_media_uses" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "trace_id" TEXT NULL,
    "observation_id" TEXT NULL,
    "dataset_id" TEXT NULL,
    "dataset_item_id" TEXT NULL,
    "field" TEXT NOT NULL,
    "removal_id" TEXT NULL,
    "removal_at" INTEGER NULL,
    CONSTRAINT "FK_media_uses_media_project_id_media_id" FOREIGN KEY ("project_id", "media_id") REFERENCES "media" ("project_id", "media_id") ON DELETE CASCADE
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

CREATE TABLE "organization_memberships" (
    "organization_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    CONSTRAINT "PK_organization_memberships" PRIMARY KEY ("organization_id", "user_id"),
    CONSTRAINT "FK_organization_memberships_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_organization_memberships_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "project_memberships" (
    "project_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    CONSTRAINT "PK_project_memberships" PRIMARY KEY ("project_id", "user_id"),
    CONSTRAINT "FK_project_memberships_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_project_memberships_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "dataset_run_items" (
    "id" TEXT NOT NULL CONSTRAINT "PK_dataset_run_items" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "trace_id" TEXT NOT NULL,
    "observation_id" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_dataset_run_items_dataset_runs_run_id" FOREIGN KEY ("run_id") REFERENCES "dataset_runs" ("id") ON DELETE CASCADE
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

CREATE INDEX "IX_api_keys_organization_id" ON "api_keys" ("organization_id");

CREATE INDEX "IX_annotation_items_queue_id_status_created_at" ON "annotation_items" ("queue_id", "status", "created_at");

CREATE UNIQUE INDEX "IX_annotation_queues_project_id_name" ON "annotation_queues" ("project_id", "name");

CREATE INDEX "IX_comments_project_id_created_at" ON "comments" ("project_id", "created_at");

CREATE INDEX "IX_comments_project_id_object_type_object_id" ON "comments" ("project_id", "object_type", "object_id");

CREATE INDEX "IX_dataset_item_versions_dataset_id_revision" ON "dataset_item_versions" ("dataset_id", "revision");

CREATE INDEX "IX_dataset_item_versions_dataset_id_valid_to_created_at" ON "dataset_item_versions" ("dataset_id", "valid_to", "created_at");

CREATE INDEX "IX_dataset_item_versions_project_id_source_trace_id" ON "dataset_item_versions" ("project_id", "source_trace_id");

CREATE INDEX "IX_dataset_run_items_project_id_created_at" ON "dataset_run_items" ("project_id", "created_at");

CREATE INDEX "IX_dataset_run_items_run_id_item_id" ON "dataset_run_items" ("run_id", "item_id");

CREATE UNIQUE INDEX "IX_dataset_runs_dataset_id_name" ON "dataset_runs" ("dataset_id", "name");

CREATE INDEX "IX_dataset_runs_project_id_updated_at" ON "dataset_runs" ("project_id", "updated_at");

CREATE UNIQUE INDEX "IX_datasets_project_id_name" ON "datasets" ("project_id", "name");

CREATE UNIQUE INDEX "IX_llm_connections_project_id_provider" ON "llm_connections" ("project_id", "provider");

CREATE INDEX "IX_media_announced_at" ON "media" ("announced_at");

CREATE INDEX "IX_media_uses_project_id_dataset_item_id" ON "media_uses" ("project_id", "dataset_item_id");

CREATE INDEX "IX_media_uses_project_id_media_id" ON "media_uses" ("project_id", "media_id");

CREATE INDEX "IX_media_uses_project_id_trace_id" ON "media_uses" ("project_id", "trace_id");

CREATE INDEX "IX_media_uses_removal_at" ON "media_uses" ("removal_at");

CREATE UNIQUE INDEX "IX_models_project_id_added_in" ON "models" ("project_id", "added_in");

CREATE INDEX "IX_organization_memberships_user_id" ON "organization_memberships" ("user_id");

CREATE INDEX "IX_project_memberships_user_id" ON "project_memberships" ("user_id");

CREATE INDEX "IX_prompt_dependencies_parent_id" ON "prompt_dependencies" ("parent_id");

CREATE INDEX "IX_prompt_dependencies_project_id_child_name" ON "prompt_dependencies" ("project_id", "child_name");

CREATE INDEX "IX_prompt_labels_version_id" ON "prompt_labels" ("version_id");

CREATE UNIQUE INDEX "IX_prompt_versions_prompt_id_version" ON "prompt_versions" ("prompt_id", "version");

CREATE UNIQUE INDEX "IX_prompts_project_id_name" ON "prompts" ("project_id", "name");

CREATE INDEX "IX_score_configs_project_id_created_at" ON "score_configs" ("project_id", "created_at");

CREATE UNIQUE INDEX "IX_users_email_key" ON "users" ("email_key");

CREATE TABLE "ef_temp_api_keys" (
    "public_key" TEXT NOT NULL CONSTRAINT "PK_api_keys" PRIMARY KEY,
    "created_at" INTEGER NOT NULL,
    "note" TEXT NULL,
    "organization_id" TEXT NULL,
    "project_id" TEXT NULL,
    "secret_display" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    CONSTRAINT "api_keys_one_owner" CHECK ((project_id IS NULL) <> (organization_id IS NULL)),
    CONSTRAINT "FK_api_keys_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_api_keys_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

INSERT INTO "ef_temp_api_keys" ("public_key", "created_at", "note", "organization_id", "project_id", "secret_display", "secret_hash")
SELECT "public_key", "created_at", "note", "organization_id", "project_id", "secret_display", "secret_hash"
FROM "api_keys";

COMMIT;

PRAGMA foreign_keys = 0;

BEGIN TRANSACTION;
DROP TABLE "api_keys";

ALTER TABLE "ef_temp_api_keys" RENAME TO "api_keys";

COMMIT;

PRAGMA foreign_keys = 1;

BEGIN TRANSACTION;
CREATE INDEX "IX_api_keys_organization_id" ON "api_keys" ("organization_id");

CREATE INDEX "IX_api_keys_project_id" ON "api_keys" ("project_id");

CREATE UNIQUE INDEX "IX_api_keys_secret_hash" ON "api_keys" ("secret_hash");

COMMIT;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125000000_Contract', '10.0.15');

BEGIN TRANSACTION;
CREATE TABLE "feedback_policies" (
    "project_id" TEXT NOT NULL CONSTRAINT "PK_feedback_policies" PRIMARY KEY,
    "allowed_origins" TEXT NOT NULL,
    "scores_per_minute_per_key" INTEGER NOT NULL,
    "scores_per_minute_per_address" INTEGER NOT NULL,
    CONSTRAINT "FK_feedback_policies_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125090921_Feedback', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "dashboard_widgets" (
    "id" TEXT NOT NULL CONSTRAINT "PK_dashboard_widgets" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "view" INTEGER NOT NULL,
    "dimensions" TEXT NOT NULL,
    "metrics" TEXT NOT NULL,
    "filters" TEXT NOT NULL,
    "chart_kind" INTEGER NOT NULL,
    "row_limit" INTEGER NULL,
    "show_value_labels" INTEGER NULL,
    "bins" INTEGER NULL,
    "sort_column" TEXT NULL,
    "sort_descending" INTEGER NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_dashboard_widgets_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "dashboards" (
    "id" TEXT NOT NULL CONSTRAINT "PK_dashboards" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "filters" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_dashboards_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE TABLE "dashboard_placements" (
    "dashboard_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "content_id" TEXT NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    CONSTRAINT "PK_dashboard_placements" PRIMARY KEY ("dashboard_id", "id"),
    CONSTRAINT "FK_dashboard_placements_dashboards_dashboard_id" FOREIGN KEY ("dashboard_id") REFERENCES "dashboards" ("id") ON DELETE CASCADE
);

CREATE INDEX "IX_dashboard_placements_content_id" ON "dashboard_placements" ("content_id");

CREATE INDEX "IX_dashboard_widgets_project_id_updated_at" ON "dashboard_widgets" ("project_id", "updated_at");

CREATE INDEX "IX_dashboards_project_id_updated_at" ON "dashboards" ("project_id", "updated_at");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125171322_Dashboards', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL CONSTRAINT "PK_saved_views" PRIMARY KEY,
    "project_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_default" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "FK_saved_views_projects_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_saved_views_project_id_page_name" ON "saved_views" ("project_id", "page", "name");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125180646_SavedViews', '10.0.15');

COMMIT;

