using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Actors.Storage.Control.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Dashboards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dashboard_widgets",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    view = table.Column<int>(type: "integer", nullable: false),
                    dimensions = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C"),
                    metrics = table.Column<List<string>>(type: "text[]", nullable: false, collation: "C"),
                    filters = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    chart_kind = table.Column<int>(type: "integer", nullable: false),
                    row_limit = table.Column<int>(type: "integer", nullable: true),
                    show_value_labels = table.Column<bool>(type: "boolean", nullable: true),
                    bins = table.Column<int>(type: "integer", nullable: true),
                    sort_column = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    sort_descending = table.Column<bool>(type: "boolean", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dashboard_widgets", x => x.id);
                    table.ForeignKey(
                        name: "FK_dashboard_widgets_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dashboards",
                schema: "control",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    filters = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dashboards", x => x.id);
                    table.ForeignKey(
                        name: "FK_dashboards_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "control",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dashboard_placements",
                schema: "control",
                columns: table => new
                {
                    dashboard_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    place = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    content_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    x = table.Column<int>(type: "integer", nullable: false),
                    y = table.Column<int>(type: "integer", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dashboard_placements", x => new { x.dashboard_id, x.id });
                    table.ForeignKey(
                        name: "FK_dashboard_placements_dashboards_dashboard_id",
                        column: x => x.dashboard_id,
                        principalSchema: "control",
                        principalTable: "dashboards",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_dashboard_placements_content_id",
                schema: "control",
                table: "dashboard_placements",
                column: "content_id");

            migrationBuilder.CreateIndex(
                name: "IX_dashboard_widgets_project_id_updated_at",
                schema: "control",
                table: "dashboard_widgets",
                columns: new[] { "project_id", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "IX_dashboards_project_id_updated_at",
                schema: "control",
                table: "dashboards",
                columns: new[] { "project_id", "updated_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dashboard_placements",
                schema: "control");

            migrationBuilder.DropTable(
                name: "dashboard_widgets",
                schema: "control");

            migrationBuilder.DropTable(
                name: "dashboards",
                schema: "control");
        }
    }
}
