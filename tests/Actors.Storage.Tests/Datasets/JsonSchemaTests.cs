using Actors.Storage.Datasets.Schemas;

namespace Actors.Storage.Datasets;

/// <summary>What a schema says of a value, keyword by keyword, and where its work ends.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":"boolean"}""", "0", false)]
    [InlineData("""{"const":{"a":[1,2]}}""", """{"a":[1.0,2]}""", true)]
    [InlineData("""{"enum":["a",1]}""", "2", false)]
    [InlineData("""{"minLength":2}""", "\"😀\"", false)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aaa\"", true)]
    [InlineData("""{"pattern":"^(?=.*\\d).{3,}$"}""", "\"abc\"", false)]
    [InlineData("""{"minimum":0.1,"exclusiveMaximum":1}""", "0.1", true)]
    [InlineData("""{"minimum":0.1,"exclusiveMaximum":1}""", "1", false)]
    [InlineData("""{"maximum":1e400}""", "1", true)]
    [InlineData("""{"multipleOf":0.01}""", "0.07", true)]
    [InlineData("""{"multipleOf":0.01}""", "0.075", false)]
    [InlineData("""{"multipleOf":1e-30}""", "1", true)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[]", false)]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",{"a":1},{"a":2},[1],[2],true,null]""", true)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1.0}]""", false)]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", false)]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a"]""", true)]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a",1]""", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1]""", true)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a","b"]""", false)]
    [InlineData("""{"contains":{"const":1},"minContains":2}""", "[1,2]", false)]
    [InlineData("""{"contains":{"const":1},"maxContains":1}""", "[1,1]", false)]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[]", true)]
    [InlineData("""{"required":["a"]}""", "{}", false)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":1}""", true)]
    [InlineData("""{"properties":{"a":1 ,"a/b":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number"}}}""", "{}", null)]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """{"a":1,"x1":2}""", true)]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """{"y":2}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}}}""", """{"x":"2"}""", false)]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":1}""", false)]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", """{"ab":1}""", true)]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", false)]
    [InlineData("""{"dependencies":{"a":{"required":["b"]},"c":["d"]}}""", """{"a":1,"b":1,"c":1}""", false)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", false)]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", "2", true)]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", "3", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", true)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "2", false)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", false)]
    [InlineData("""{"if":{"const":1},"then":{"type":"string"},"else":{"const":2}}""", "2", true)]
    [InlineData("""{"if":{"const":1},"then":{"type":"string"},"else":{"const":2}}""", "1", false)]
    [InlineData("""{"$ref":"#/definitions/a~1b","definitions":{"a/b":{"type":"string"}}}""", "1", false)]
    [InlineData("""{"$ref":"#name","$defs":{"x":{"$anchor":"name","type":"string"}}}""", "\"a\"", true)]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"additionalProperties":false}""", """{"next":{"next":{"other":1}}}""", false)]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-05T10:00:00Z\"", true)]
    [InlineData("""{"format":"date-time"}""", "\"2026-13-05T10:00:00Z\"", false)]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", false)]
    [InlineData("""{"format":"time"}""", "\"10:00:00Z\"", true)]
    [InlineData("""{"format":"email"}""", "\"a@b.example\"", true)]
    [InlineData("""{"format":"email"}""", "\"a@@b\"", false)]
    [InlineData("""{"format":"uuid"}""", "\"0198c3a1-0000-7000-8000-000000000000\"", true)]
    [InlineData("""{"format":"uri"}""", "\"not a uri\"", false)]
    [InlineData("""{"format":"hostname"}""", "\"a-b.example\"", true)]
    [InlineData("""{"format":"ipv4"}""", "\"1.2.3\"", false)]
    [InlineData("""{"format":"ipv6"}""", "\"::1\"", true)]
    [InlineData("""{"format":"unknown"}""", "\"anything\"", true)]
    [InlineData("""{"title":1,"unknown":[]}""", "1", true)]
    public void A_value_fits_or_does_not(string schema, string value, bool? fits)
    {
        var parsed = JsonSchema.Parse(schema, out _);
        Assert.Equal(fits, parsed is null ? null : parsed.Check(value).Count == 0);
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"type":"text"}""", "/type must name a type")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""", "/properties/a/minLength must be a count")]
    [InlineData("""{"items":1}""", "/items must be an object or a boolean")]
    [InlineData("""{"required":"a"}""", "/required must be a list of names")]
    [InlineData("""{"exclusiveMinimum":true}""", "/exclusiveMinimum must be a number")]
    [InlineData("""{"pattern":"("}""", "has a pattern that is no regular expression at /pattern")]
    [InlineData("""{"$ref":"https://schemas.example/x.json"}""", "/$ref must refer to a place in this schema: other documents are not fetched")]
    [InlineData("""{"$ref":"other.json#/a"}""", "/$ref must refer to a place in this schema: other documents are not fetched")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "refers to #/$defs/a, which is not there")]
    [InlineData("""{"$ref":"#/x","x":{"type":"text"}}""", "/x/type must name a type")]
    [InlineData("""{"unevaluatedProperties":false}""", "uses unevaluatedProperties, which is not supported, at /unevaluatedProperties")]
    public void A_schema_that_cannot_be_used_says_why(string schema, string problem)
    {
        Assert.Null(JsonSchema.Parse(schema, out var found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void Faults_name_their_place_and_are_not_endless()
    {
        var schema = JsonSchema.Parse("""{"properties":{"a":{"items":{"type":"string"}}},"required":["b"]}""", out _)!;

        Assert.Equal(["/a/1 must be string", "must have required property 'b'"], schema.Check("""{"a":["",1]}"""));
        Assert.Equal(10, schema.Check($$"""{"a":[{{string.Join(',', Enumerable.Repeat("1", 100))}}],"b":1}""").Count);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1", "the schema refers to itself too often")]
    [InlineData("""{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}""", "1", "the schema refers to itself too often")]
    [InlineData("""{"pattern":"^(?=x?)(a+)+$"}""", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"", "a pattern of the schema takes too long")]
    public void Work_without_end_is_refused(string schema, string value, string problem) =>
        Assert.Equal([problem], JsonSchema.Parse(schema, out _)!.Check(value));

    [Fact]
    public void Work_that_doubles_with_every_level_ends()
    {
        var levels = string.Join(',', Enumerable.Range(0, 60).Select(i =>
            $$"""
            "n{{i}}":{"allOf":[{"$ref":"#/$defs/n{{i + 1}}"},{"$ref":"#/$defs/n{{i + 1}}"}]}
            """));
        var schema = JsonSchema.Parse($$"""{"$ref":"#/$defs/n0","$defs":{ {{levels}},"n60":true} }""", out var problem);
        Assert.Equal("", problem);

        Assert.Equal(["checking it takes too much work: use a simpler schema or a smaller value"], schema!.Check("1"));
    }

    [Fact]
    public void Long_lists_of_different_things_are_compared_in_time()
    {
        var schema = JsonSchema.Parse("""{"uniqueItems":true}""", out _)!;

        Assert.Empty(schema.Check($"[{string.Join(',', Enumerable.Range(0, 100_000))}]"));
        Assert.Equal(["must NOT have duplicate items"], schema.Check($"[{string.Join(',', Enumerable.Range(0, 100_000))},5.0]"));
    }

    [Fact]
    public void A_schema_is_limited_in_length_and_number()
    {
        Assert.Null(JsonSchema.Parse($$"""{"title":"{{new string('x', JsonSchema.MaxLength)}}"}""", out var problem));
        Assert.Equal("has more than 65536 characters", problem);
        Assert.Null(JsonSchema.Parse($$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("{}", JsonSchema.MaxSchemas))}}]}""", out problem));
        Assert.Equal("holds more than 2000 schemas", problem);
    }
}
