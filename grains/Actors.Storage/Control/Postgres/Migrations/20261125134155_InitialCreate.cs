using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Actors.Storage.Control.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class InitialCreate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "control");

            migrationBuilder.CreateTable(
                name: "organizations",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: false, defaultValue: "{}", collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "project_erasures",
                schema: "control",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    requested_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_project_erasures", x => x.project_id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    password_hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "projects",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    organization_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: false, defaultValue: "{}", collation: "C"),
                    retention_days = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_projects", x => x.id);
                    table.ForeignKey(
                        name: "FK_projects_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "control",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "organization_memberships",
                schema: "control",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_memberships", x => new { x.organization_id, x.user_id });
                    table.ForeignKey(
                        name: "FK_organization_memberships_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "control",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_memberships_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "control",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "annotation_queues",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    score_config_ids = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_annotation_queues", x => x.id);
                    table.ForeignKey(
                        name: "FK_annotation_queues_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                schema: "control",
                columns: table => new
                {
                    public_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    organization_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    secret_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_display = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.public_key);
                    table.CheckConstraint("api_keys_one_owner", "(project_id IS NULL) <> (organization_id IS NULL)");
                    table.ForeignKey(
                        name: "FK_api_keys_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "control",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_api_keys_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    object_type = table.Column<int>(type: "integer", nullable: false),
                    object_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    author_user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_comments_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "datasets",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    input_schema = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    expected_output_schema = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_datasets", x => x.id);
                    table.ForeignKey(
                        name: "FK_datasets_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "feedback_policies",
                schema: "control",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    allowed_origins = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scores_per_minute_per_key = table.Column<int>(type: "integer", nullable: false),
                    scores_per_minute_per_address = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feedback_policies", x => x.project_id);
                    table.ForeignKey(
                        name: "FK_feedback_policies_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "llm_connections",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    adapter = table.Column<int>(type: "integer", nullable: false),
                    secret_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_secret_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    base_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    custom_models = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C"),
                    with_default_models = table.Column<bool>(type: "boolean", nullable: false),
                    extra_header_keys = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C"),
                    extra_headers = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    config = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_llm_connections", x => x.id);
                    table.ForeignKey(
                        name: "FK_llm_connections_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "media",
                schema: "control",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    media_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_length = table.Column<long>(type: "bigint", nullable: false),
                    announced_at = table.Column<long>(type: "bigint", nullable: false),
                    uploaded_at = table.Column<long>(type: "bigint", nullable: true),
                    upload_status = table.Column<int>(type: "integer", nullable: true),
                    upload_error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media", x => new { x.project_id, x.media_id });
                    table.ForeignKey(
                        name: "FK_media_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "models",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    match_pattern = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    start_date = table.Column<long>(type: "bigint", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tokenizer_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tokenizer_config = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tiers = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    added_in = table.Column<int>(type: "integer", nullable: false),
                    removed_in = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_models", x => x.id);
                    table.ForeignKey(
                        name: "FK_models_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "project_memberships",
                schema: "control",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_project_memberships", x => new { x.project_id, x.user_id });
                    table.ForeignKey(
                        name: "FK_project_memberships_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_project_memberships_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "control",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "prompts",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<int>(type: "integer", nullable: false),
                    tags = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prompts", x => x.id);
                    table.ForeignKey(
                        name: "FK_prompts_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "score_configs",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    data_type = table.Column<int>(type: "integer", nullable: false),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    min_value = table.Column<double>(type: "double precision", nullable: true),
                    max_value = table.Column<double>(type: "double precision", nullable: true),
                    categories = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_score_configs", x => x.id);
                    table.ForeignKey(
                        name: "FK_score_configs_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "annotation_assignments",
                schema: "control",
                columns: table => new
                {
                    queue_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_annotation_assignments", x => new { x.queue_id, x.user_id });
                    table.ForeignKey(
                        name: "FK_annotation_assignments_annotation_queues_queue_id",
                        column: x => x.queue_id,
                        principalSchema: "control",
                        principalTable: "annotation_queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "annotation_items",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    queue_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    object_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    object_type = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    completed_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_annotation_items", x => x.id);
                    table.ForeignKey(
                        name: "FK_annotation_items_annotation_queues_queue_id",
                        column: x => x.queue_id,
                        principalSchema: "control",
                        principalTable: "annotation_queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dataset_item_versions",
                schema: "control",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    item_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    valid_from = table.Column<long>(type: "bigint", nullable: false),
                    valid_to = table.Column<long>(type: "bigint", nullable: true),
                    dataset_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_deleted = table.Column<bool>(type: "boolean", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    input = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    expected_output = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    source_trace_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    source_observation_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dataset_item_versions", x => new { x.project_id, x.item_id, x.valid_from });
                    table.ForeignKey(
                        name: "FK_dataset_item_versions_datasets_dataset_id",
                        column: x => x.dataset_id,
                        principalSchema: "control",
                        principalTable: "datasets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dataset_runs",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    dataset_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dataset_runs", x => x.id);
                    table.ForeignKey(
                        name: "FK_dataset_runs_datasets_dataset_id",
                        column: x => x.dataset_id,
                        principalSchema: "control",
                        principalTable: "datasets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "media_uses",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    media_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    trace_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    observation_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    dataset_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    dataset_item_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    field = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    removal_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    removal_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_uses", x => x.id);
                    table.ForeignKey(
                        name: "FK_media_uses_media_project_id_media_id",
                        columns: x => new { x.project_id, x.media_id },
                        principalSchema: "control",
                        principalTable: "media",
                        principalColumns: new[] { "project_id", "media_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "prompt_versions",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    prompt_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    config = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    commit_message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prompt_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_prompt_versions_prompts_prompt_id",
                        column: x => x.prompt_id,
                        principalSchema: "control",
                        principalTable: "prompts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dataset_run_items",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    run_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    item_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    trace_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    observation_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dataset_run_items", x => x.id);
                    table.ForeignKey(
                        name: "FK_dataset_run_items_dataset_runs_run_id",
                        column: x => x.run_id,
                        principalSchema: "control",
                        principalTable: "dataset_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "prompt_dependencies",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parent_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    child_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    child_version = table.Column<int>(type: "integer", nullable: true),
                    child_label = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prompt_dependencies", x => x.id);
                    table.ForeignKey(
                        name: "FK_prompt_dependencies_prompt_versions_parent_id",
                        column: x => x.parent_id,
                        principalSchema: "control",
                        principalTable: "prompt_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "prompt_labels",
                schema: "control",
                columns: table => new
                {
                    prompt_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    label = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prompt_labels", x => new { x.prompt_id, x.label });
                    table.ForeignKey(
                        name: "FK_prompt_labels_prompt_versions_version_id",
                        column: x => x.version_id,
                        principalSchema: "control",
                        principalTable: "prompt_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_prompt_labels_prompts_prompt_id",
                        column: x => x.prompt_id,
                        principalSchema: "control",
                        principalTable: "prompts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_annotation_items_queue_id_status_created_at",
                schema: "control",
                table: "annotation_items",
                columns: new[] { "queue_id", "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_annotation_queues_project_id_name",
                schema: "control",
                table: "annotation_queues",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_organization_id",
                schema: "control",
                table: "api_keys",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_project_id",
                schema: "control",
                table: "api_keys",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_secret_hash",
                schema: "control",
                table: "api_keys",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comments_project_id_created_at",
                schema: "control",
                table: "comments",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_comments_project_id_object_type_object_id",
                schema: "control",
                table: "comments",
                columns: new[] { "project_id", "object_type", "object_id" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_item_versions_dataset_id_revision",
                schema: "control",
                table: "dataset_item_versions",
                columns: new[] { "dataset_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_item_versions_dataset_id_valid_to_created_at",
                schema: "control",
                table: "dataset_item_versions",
                columns: new[] { "dataset_id", "valid_to", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_item_versions_project_id_source_trace_id",
                schema: "control",
                table: "dataset_item_versions",
                columns: new[] { "project_id", "source_trace_id" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_run_items_project_id_created_at",
                schema: "control",
                table: "dataset_run_items",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_run_items_run_id_item_id",
                schema: "control",
                table: "dataset_run_items",
                columns: new[] { "run_id", "item_id" });

            migrationBuilder.CreateIndex(
                name: "IX_dataset_runs_dataset_id_name",
                schema: "control",
                table: "dataset_runs",
                columns: new[] { "dataset_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_dataset_runs_project_id_updated_at",
                schema: "control",
                table: "dataset_runs",
                columns: new[] { "project_id", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "IX_datasets_project_id_name",
                schema: "control",
                table: "datasets",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_llm_connections_project_id_provider",
                schema: "control",
                table: "llm_connections",
                columns: new[] { "project_id", "provider" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_media_announced_at",
                schema: "control",
                table: "media",
                column: "announced_at");

            migrationBuilder.CreateIndex(
                name: "IX_media_uses_project_id_dataset_item_id",
                schema: "control",
                table: "media_uses",
                columns: new[] { "project_id", "dataset_item_id" });

            migrationBuilder.CreateIndex(
                name: "IX_media_uses_project_id_media_id",
                schema: "control",
                table: "media_uses",
                columns: new[] { "project_id", "media_id" });

            migrationBuilder.CreateIndex(
                name: "IX_media_uses_project_id_trace_id",
                schema: "control",
                table: "media_uses",
                columns: new[] { "project_id", "trace_id" });

            migrationBuilder.CreateIndex(
                name: "IX_media_uses_removal_at",
                schema: "control",
                table: "media_uses",
                column: "removal_at");

            migrationBuilder.CreateIndex(
                name: "IX_models_project_id_added_in",
                schema: "control",
                table: "models",
                columns: new[] { "project_id", "added_in" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_organization_memberships_user_id",
                schema: "control",
                table: "organization_memberships",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_project_memberships_user_id",
                schema: "control",
                table: "project_memberships",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_projects_organization_id",
                schema: "control",
                table: "projects",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "IX_prompt_dependencies_parent_id",
                schema: "control",
                table: "prompt_dependencies",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "IX_prompt_dependencies_project_id_child_name",
                schema: "control",
                table: "prompt_dependencies",
                columns: new[] { "project_id", "child_name" });

            migrationBuilder.CreateIndex(
                name: "IX_prompt_labels_version_id",
                schema: "control",
                table: "prompt_labels",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "IX_prompt_versions_prompt_id_version",
                schema: "control",
                table: "prompt_versions",
                columns: new[] { "prompt_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_prompts_project_id_name",
                schema: "control",
                table: "prompts",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_score_configs_project_id_created_at",
                schema: "control",
                table: "score_configs",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_users_email_key",
                schema: "control",
                table: "users",
                column: "email_key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "annotation_assignments",
                schema: "control");

            migrationBuilder.DropTable(
                name: "annotation_items",
                schema: "control");

            migrationBuilder.DropTable(
                name: "api_keys",
                schema: "control");

            migrationBuilder.DropTable(
                name: "comments",
                schema: "control");

            migrationBuilder.DropTable(
                name: "dataset_item_versions",
                schema: "control");

            migrationBuilder.DropTable(
                name: "dataset_run_items",
                schema: "control");

            migrationBuilder.DropTable(
                name: "feedback_policies",
                schema: "control");

            migrationBuilder.DropTable(
                name: "llm_connections",
                schema: "control");

            migrationBuilder.DropTable(
                name: "media_uses",
                schema: "control");

            migrationBuilder.DropTable(
                name: "models",
                schema: "control");

            migrationBuilder.DropTable(
                name: "organization_memberships",
                schema: "control");

            migrationBuilder.DropTable(
                name: "project_erasures",
                schema: "control");

            migrationBuilder.DropTable(
                name: "project_memberships",
                schema: "control");

            migrationBuilder.DropTable(
                name: "prompt_dependencies",
                schema: "control");

            migrationBuilder.DropTable(
                name: "prompt_labels",
                schema: "control");

            migrationBuilder.DropTable(
                name: "score_configs",
                schema: "control");

            migrationBuilder.DropTable(
                name: "annotation_queues",
                schema: "control");

            migrationBuilder.DropTable(
                name: "dataset_runs",
                schema: "control");

            migrationBuilder.DropTable(
                name: "media",
                schema: "control");

            migrationBuilder.DropTable(
                name: "users",
                schema: "control");

            migrationBuilder.DropTable(
                name: "prompt_versions",
                schema: "control");

            migrationBuilder.DropTable(
                name: "datasets",
                schema: "control");

            migrationBuilder.DropTable(
                name: "prompts",
                schema: "control");

            migrationBuilder.DropTable(
                name: "projects",
                schema: "control");

            migrationBuilder.DropTable(
                name: "organizations",
                schema: "control");
        }
    }
}
