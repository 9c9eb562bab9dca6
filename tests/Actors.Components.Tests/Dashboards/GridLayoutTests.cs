using Actors.Dashboards;
using Actors.Web.Model.Dashboards;

namespace Actors.Components.Dashboards;

public sealed class GridLayoutTests
{
    private static readonly Placement[] Tiles = [Tile("a", 0, 0, 6, 4), Tile("b", 6, 0, 6, 4), Tile("c", 0, 4, 12, 3)];

    private static Placement Tile(string id, int x, int y, int width, int height) => new(id, PlacementKind.Preset, "p", x, y, width, height);

    private static string Told(IEnumerable<Placement> tiles) => string.Join(' ', tiles.OrderBy(t => t.Id).Select(t => $"{t.Id}:{t.X},{t.Y},{t.Width}x{t.Height}"));

    [Fact]
    public void A_tile_that_is_put_on_others_pushes_them_down() =>
        Assert.Equal("a:0,0,12x4 b:6,4,6x4 c:0,8,12x3", Told(GridLayout.Put(Tiles, "a", 0, 0, 12, 4)));

    [Fact]
    public void A_tile_that_goes_leaves_no_hole() =>
        Assert.Equal("c:0,0,12x3", Told(GridLayout.Arrange([Tiles[2]])));

    [Fact]
    public void A_tile_cannot_leave_the_grid() =>
        Assert.Equal("a:6,0,6x1 b:6,1,6x4 c:0,5,12x3", Told(GridLayout.Put(Tiles, "a", 40, -3, 6, 0)));

    [Theory]
    [InlineData(1, 0, 0, 0, "a:1,0,6x4 b:6,4,6x4 c:0,8,12x3")]
    [InlineData(0, 0, -2, 0, "a:0,0,4x4 b:6,0,6x4 c:0,4,12x3")]
    [InlineData(0, 0, 0, 2, "a:0,0,6x6 b:6,0,6x4 c:0,6,12x3")]
    [InlineData(-1, 0, 0, 0, "a:0,0,6x4 b:6,0,6x4 c:0,4,12x3")]
    [InlineData(0, 1, 0, 0, "a:0,7,6x4 b:6,0,6x4 c:0,4,12x3")]
    public void Keys_move_and_resize(int dx, int dy, int dw, int dh, string expected) =>
        Assert.Equal(expected, Told(GridLayout.Step(Tiles, "a", dx, dy, dw, dh)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_ever_overlaps_or_floats(int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<Placement> tiles = [.. Enumerable.Range(0, 12).Select(i => Tile($"{i:00}", random.Next(10), random.Next(20), 1 + random.Next(2), 1 + random.Next(6)))];
        for (var turn = 0; turn < 300; turn++)
        {
            var id = $"{random.Next(12):00}";
            tiles = random.Next(2) == 0
                ? GridLayout.Put(tiles, id, random.Next(-2, 14), random.Next(-2, 30), random.Next(0, 14), random.Next(0, 9))
                : GridLayout.Step(tiles, id, random.Next(-1, 2), random.Next(-1, 2), random.Next(-1, 2), random.Next(-1, 2));
            Assert.True(tiles.Count == 12 && tiles.All(t => t.Misfit() is null), $"seed {seed}, turn {turn}: {Told(tiles)}");
            foreach (var tile in tiles)
            {
                var inWay = tiles.Where(t => t.Id != tile.Id && t.X < tile.X + tile.Width && tile.X < t.X + t.Width).ToList();
                Assert.True(inWay.All(t => t.Bottom <= tile.Y || tile.Bottom <= t.Y), $"seed {seed}, turn {turn}: {tile} overlaps in {Told(tiles)}");
                Assert.True(tile.Y == 0 || inWay.Exists(t => t.Bottom == tile.Y), $"seed {seed}, turn {turn}: {tile} floats in {Told(tiles)}");
            }
        }
    }
}
