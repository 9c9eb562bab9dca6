using System.Text;
using Actors.Contracts;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Tests;

/// <summary>Short ways to parse one event.</summary>
internal static class Parsing
{
    public const string Time = "2026-01-05T10:00:00.123456Z";

    public static DateTimeOffset At { get; } = new(2026, 1, 5, 10, 0, 0, 123, TimeSpan.Zero);

    public static IngestionBatch Parse(string json, IngestionAccess access = IngestionAccess.All) =>
        IngestionParser.Parse(Encoding.UTF8.GetBytes(json), PriceBooks.Current.AttributeKeys, access);

    public static string Event(string type, string body, string id = "e1") =>
        $$"""{"id":"{{id}}","type":"{{type}}","timestamp":"{{Time}}","body":{{body}}}""";

    public static string Batch(params string[] events) => $$"""{"batch":[{{string.Join(',', events)}}]}""";

    /// <summary>Parses one event that must be accepted.</summary>
    public static (StreamId Stream, T Event) One<T>(string type, string body)
        where T : StreamEvent
    {
        var batch = Parse(Batch(Event(type, body)));
        Assert.Empty(batch.Errors.Select(e => e.Error));
        var stream = Assert.Single(batch.Streams);
        return (stream.Stream, Assert.IsType<T>(Assert.Single(stream.Events)));
    }

    /// <summary>Parses one event that must be refused, beside a neighbour that must be accepted.</summary>
    public static IngestionError Refused(string refused)
    {
        var batch = Parse(Batch(refused, Event("trace-create", """{"id":"neighbour"}""", "e2")));
        Assert.Null(batch.Rejection);
        Assert.Equal("t:neighbour", Assert.Single(batch.Streams).Stream.Value);
        return Assert.Single(batch.Errors);
    }

    public static ReadOnlyMemory<byte> Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name));
}
