using System.Text;

namespace Actors.Components;

public sealed class JsonTreeModelTests
{
    [Fact]
    public void A_small_document_is_open()
    {
        using var tree = JsonTreeModel.TryParse("""{"a":[1,{"b":null}],"c":"x"}""")!;

        Assert.Equal([null, "a", "0", "1", "b", "c"], tree.Rows.Select(r => r.Name));
    }

    [Fact]
    public void Toggling_twice_restores_the_rows()
    {
        using var tree = JsonTreeModel.TryParse("""{"a":[1,{"b":null}],"c":"x"}""")!;
        var before = tree.Rows.Select(r => r.Name).ToList();

        tree.Toggle(1);
        Assert.Equal([null, "a", "c"], tree.Rows.Select(r => r.Name));
        tree.Toggle(1);
        tree.Toggle(3);

        Assert.Equal(before, tree.Rows.Select(r => r.Name));
    }

    [Fact]
    public void A_large_array_opens_in_batches_and_loses_nothing()
    {
        const int count = 1234;
        using var tree = JsonTreeModel.TryParse($"[{string.Join(',', Enumerable.Range(0, count))}]")!;

        Assert.True(tree.Rows.Count <= JsonTreeModel.Batch + 2);
        while (tree.Rows[^1].Kind == JsonRowKind.More)
        {
            var before = tree.Rows.Count;
            tree.Toggle(before - 1);
            Assert.True(tree.Rows.Count - before <= JsonTreeModel.Batch);
        }

        Assert.Equal(Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), tree.Rows.Skip(1).Select(r => r.Name));
    }

    [Fact]
    public void Five_megabytes_open_without_being_rendered()
    {
        var json = new StringBuilder("{\"items\":[");
        for (var i = 0; json.Length < 5_000_000; i++)
            json.Append(i == 0 ? "" : ",").Append("{\"id\":").Append(i).Append(",\"text\":\"").Append('x', 200).Append("\"}");
        using var tree = JsonTreeModel.TryParse(json.Append("]}").ToString())!;

        Assert.InRange(tree.Rows.Count, 2, 300);
    }

    [Fact]
    public void A_long_string_is_cut_between_characters()
    {
        using var tree = JsonTreeModel.TryParse("\"" + string.Concat(Enumerable.Repeat("é", 5000)) + "\"")!;

        var text = JsonCell.Text(tree.Rows[0], false);
        Assert.True(text.Length < 400);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.True(JsonCell.IsLong(tree.Rows[0]));
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("words")]
    public void What_is_no_json_has_no_tree(string text) => Assert.Null(JsonTreeModel.TryParse(text));
}
