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

    [Fact]
    public void Revealing_a_value_deep_in_a_large_array_shows_its_batch_only()
    {
        var items = Enumerable.Range(0, 5000).Select(i => "{\"n\":" + i + "}");
        using var tree = JsonTreeModel.TryParse("{\"items\":[" + string.Join(',', items) + "]}")!;

        var row = tree.Reveal([0, 3210, 0]);
        Assert.Equal("3210", tree.Rows[row].Value.GetRawText());
        Assert.Equal("$.items[3210].n", tree.PathOf(row));
        Assert.InRange(tree.Rows.Count, 200, 700);

        row = tree.Reveal([0, 4999, 0]);
        Assert.Equal("4999", tree.Rows[row].Value.GetRawText());
        row = tree.Reveal([0, 250, 0]);
        Assert.Equal("250", tree.Rows[row].Value.GetRawText());

        // Whatever was opened in between, all of it is there, once and in order.
        for (var more = Find(); more >= 0; more = Find())
            tree.Toggle(more);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}"), tree.Rows.Where(r => r.Depth == 2).Select(r => r.Name));

        int Find() => Enumerable.Range(0, tree.Rows.Count).FirstOrDefault(i => tree.Rows[i].Kind == JsonRowKind.More, -1);
    }

    [Theory]
    [InlineData("NEEDLE", 3)]
    [InlineData("é\"", 1)]
    [InlineData("É", 2)]
    [InlineData("12", 2)]
    [InlineData("nothing", 0)]
    public void Names_and_values_are_found_without_regard_to_case(string text, int count)
    {
        using var tree = JsonTreeModel.TryParse("""{"needle":1,"a":["x needle x",{"b":"Needle"}],"c":"caf\u00e9\"","d":"é","e":12,"f":[[312]],"g":true}""")!;

        var hits = JsonSearch.Find(tree.Root, text);

        Assert.Equal(count, hits.Count);
        Assert.All(hits, h => Assert.InRange(tree.Reveal(h), 0, tree.Rows.Count - 1));
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("words")]
    public void What_is_no_json_has_no_tree(string text) => Assert.Null(JsonTreeModel.TryParse(text));
}
