using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Actors.Storage.Control.Migrations
{
    /// <inheritdoc />
    public partial class Feedback : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "feedback_policies",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "TEXT", nullable: false),
                    allowed_origins = table.Column<string>(type: "TEXT", nullable: false),
                    scores_per_minute_per_key = table.Column<int>(type: "INTEGER", nullable: false),
                    scores_per_minute_per_address = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feedback_policies", x => x.project_id);
                    table.ForeignKey(
                        name: "FK_feedback_policies_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "feedback_policies");
        }
    }
}
