using Actors.Filtering;
using Xunit;

namespace Actors.Grains.Tests.Filtering;

/// <summary>The JSON filter of the contract (langfuse-api §0.5): every type and operator, and what is wrong with the others.</summary>
public class FilterJsonTests
{
    [Theory]
    [InlineData("""[]""", "")]
    [InlineData("""[{"type":"datetime","column":"timestamp","operator":">=","value":"2026-01-01T00:00:00.000Z"}]""", "timestamp:>=2026-01-01")]
    [InlineData("""[{"type":"string","column":"name","operator":"=","value":"a"}]""", "name:a")]
    [InlineData("""[{"type":"string","column":"name","operator":"contains","value":"a"}]""", "name:*a*")]
    [InlineData("""[{"type":"string","column":"name","operator":"does not contain","value":"a"}]""", "-name:*a*")]
    [InlineData("""[{"type":"string","column":"name","operator":"starts with","value":"a"}]""", "name:a*")]
    [InlineData("""[{"type":"string","column":"name","operator":"ends with","value":"a"}]""", "name:*a")]
    [InlineData("""[{"type":"string","column":"input","operator":"matches","value":"a b"}]""", "input:\"a b\"")]
    [InlineData("""[{"type":"number","column":"latency","operator":">","value":1.5}]""", "latency:>1.5s")]
    [InlineData("""[{"type":"number","column":"tokens","operator":"=","value":5},{"type":"number","column":"totalCost","operator":"<=","value":1e-2}]""", "tokens:5 cost:<=0.01")]
    [InlineData("""[{"type":"stringOptions","column":"level","operator":"any of","value":["ERROR","WARNING"]}]""", "level:ERROR,WARNING")]
    [InlineData("""[{"type":"stringOptions","column":"environment","operator":"none of","value":["a"]}]""", "-env:a")]
    [InlineData("""[{"type":"stringOptions","column":"environment","operator":"any of","value":[]}]""", "-()")]
    [InlineData("""[{"type":"arrayOptions","column":"tags","operator":"any of","value":["a","b"]}]""", "tags:a,b")]
    [InlineData("""[{"type":"arrayOptions","column":"tags","operator":"all of","value":["a","b"]}]""", "tags:a tags:b")]
    [InlineData("""[{"type":"arrayOptions","column":"tags","operator":"none of","value":["a","b"]}]""", "-tags:a,b")]
    [InlineData("""[{"type":"categoryOptions","column":"score_categories","key":"k","operator":"any of","value":["a"]}]""", "scores.k:a")]
    [InlineData("""[{"type":"stringObject","column":"metadata","key":"k","operator":"=","value":"v"}]""", "metadata.k:v")]
    [InlineData("""[{"type":"numberObject","column":"scores_avg","key":"k","operator":">","value":0.5}]""", "scores.k:>0.5")]
    [InlineData("""[{"type":"numberObject","column":"scores","key":"k","operator":">","value":0.5}]""", "scores.k:>0.5")]
    [InlineData("""[{"type":"booleanObject","column":"score_booleans","key":"k","operator":"<>","value":true}]""", "-scores.k:true")]
    [InlineData("""[{"type":"boolean","column":"bookmarked","operator":"=","value":false}]""", "bookmarked:false")]
    [InlineData("""[{"type":"null","column":"userId","operator":"is null","value":""}]""", "-has:user")]
    [InlineData("""[{"type":"null","column":"userId","operator":"is not null"}]""", "has:user")]
    public void A_filter_says(string json, string readable)
    {
        var reading = FilterJson.Read(FilterCatalog.Traces, json);

        Assert.Empty(reading.Issues);
        Assert.Equal(readable, FilterText.Format(FilterCatalog.Traces, reading.Filter!));

        // What the contract can say is written so that it reads as the same; no value at all it can only read.
        if (FilterJson.TryWrite(FilterCatalog.Traces, reading.Filter!) is { } written)
        {
            Assert.Equal(reading.Filter, FilterJson.Read(FilterCatalog.Traces, written).Filter);
        }
        else
        {
            Assert.Equal(Filter.Nothing, reading.Filter);
        }
    }

    [Theory]
    [InlineData("(name:a OR user:b)")]
    [InlineData("-latency:>1s")]
    [InlineData("-input:*a*b*")]
    [InlineData("word")]
    public void What_the_contract_has_no_words_for_is_not_written(string text)
    {
        var filter = FilterText.Parse(FilterCatalog.Traces, text).Filter;

        Assert.True(filter is null || FilterJson.TryWrite(FilterCatalog.Traces, filter) is null);
    }

    [Theory]
    [InlineData("""not json""", "custom", "", "Invalid JSON in the filter parameter")]
    [InlineData("""[""", "custom", "", "Invalid JSON in the filter parameter")]
    [InlineData("""null""", "invalid_type", "", "Invalid input: expected array, received null")]
    [InlineData("""{"type":"string"}""", "invalid_type", "", "Invalid input: expected array, received object")]
    [InlineData("""[5]""", "invalid_type", "0", "Invalid input: expected object, received number")]
    [InlineData("""[{"column":"name","operator":"=","value":"a"}]""", "invalid_type", "0.type", "Invalid input: expected string, received undefined")]
    [InlineData("""[{"type":"text","column":"name","operator":"=","value":"a"}]""", "invalid_value", "0.type", "Invalid option: expected one of datetime, string, number, stringOptions, arrayOptions, categoryOptions, stringObject, numberObject, booleanObject, boolean, null")]
    [InlineData("""[{"type":"string","column":"name","operator":"like","value":"a"}]""", "invalid_value", "0.operator", "Invalid option: expected one of =, contains, does not contain, starts with, ends with, matches")]
    [InlineData("""[{"type":"number","column":"latency","operator":"<>","value":1}]""", "invalid_value", "0.operator", "Invalid option: expected one of =, >, <, >=, <=")]
    [InlineData("""[{"type":"string","column":"shoes","operator":"=","value":"a"}]""", "invalid_value", "0.column", "Unknown column on traces: shoes")]
    [InlineData("""[{"type":"string","column":"text","operator":"matches","value":"a"}]""", "invalid_value", "0.column", "Unknown column on traces: text")]
    [InlineData("""[{"type":"number","column":"name","operator":"=","value":1}]""", "invalid_value", "0.type", "Column name cannot be filtered as number")]
    [InlineData("""[{"type":"string","column":"name","operator":"=","value":1}]""", "invalid_type", "0.value", "Invalid input: expected string, received number")]
    [InlineData("""[{"type":"number","column":"latency","operator":"=","value":"1"}]""", "invalid_type", "0.value", "Invalid input: expected number, received string")]
    [InlineData("""[{"type":"number","column":"latency","operator":"=","value":1e300}]""", "invalid_type", "0.value", "Invalid input: expected a number of at most 15 digits before the point")]
    [InlineData("""[{"type":"stringOptions","column":"name","operator":"any of","value":"a"}]""", "invalid_type", "0.value", "Invalid input: expected array, received string")]
    [InlineData("""[{"type":"stringOptions","column":"name","operator":"any of","value":[1]}]""", "invalid_type", "0.value", "Invalid input: expected string, received number")]
    [InlineData("""[{"type":"boolean","column":"public","operator":"=","value":"true"}]""", "invalid_type", "0.value", "Invalid input: expected boolean, received string")]
    [InlineData("""[{"type":"datetime","column":"timestamp","operator":">","value":"today"}]""", "invalid_format", "0.value", "Invalid ISO datetime")]
    [InlineData("""[{"type":"stringObject","column":"metadata","operator":"=","value":"a"}]""", "invalid_type", "0.key", "Invalid input: expected string, received undefined")]
    [InlineData("""[{"type":"stringObject","column":"metadata","key":"","operator":"=","value":"a"}]""", "too_small", "0.key", "Too small: expected string to have >=1 characters")]
    [InlineData("""[{"type":"string","column":"input","operator":"matches","value":""}]""", "invalid_value", "0.value", "matches needs a text that holds at least one word")]
    [InlineData("""[{"type":"string","column":"name","operator":"=","value":"\ud800"}]""", "custom", "0.value", "Invalid input: the text contains half of a surrogate pair")]
    public void What_is_wrong_is_named(string json, string code, string path, string message)
    {
        var reading = FilterJson.Read(FilterCatalog.Traces, json);

        Assert.Null(reading.Filter);
        var issue = Assert.Single(reading.Issues);
        Assert.Equal((code, path, message), (issue.Code, string.Join('.', issue.Path), issue.Message));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var reading = FilterJson.Read(FilterCatalog.Traces, """[{"type":"x","column":"name","operator":"="},{"type":"null","column":"y","operator":"is null"}]""");

        Assert.Equal(["0.type", "1.column"], reading.Issues.Select(i => string.Join('.', i.Path)));
    }

    [Fact]
    public void Everything_has_a_bound()
    {
        static string Repeat(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
        const string Item = """{"type":"null","column":"name","operator":"is null"}""";

        Assert.Empty(FilterJson.Read(FilterCatalog.Traces, Repeat(Item, FilterLimits.MaxConditions)).Issues);
        Assert.Equal("too_big", FilterJson.Read(FilterCatalog.Traces, Repeat(Item, FilterLimits.MaxConditions + 1)).Issues[0].Code);
        Assert.Equal("too_big", FilterJson.Read(FilterCatalog.Traces, new string(' ', FilterLimits.MaxLength + 1)).Issues[0].Code);
        var values = Repeat("\"a\"", FilterLimits.MaxValues + 1);
        Assert.Equal("too_big", FilterJson.Read(FilterCatalog.Traces, $$"""[{"type":"arrayOptions","column":"tags","operator":"any of","value":{{values}}}]""").Issues[0].Code);
    }
}
