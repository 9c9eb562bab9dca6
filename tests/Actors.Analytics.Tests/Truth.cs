using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Filtering;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>A visible trace with the position of the row that made it visible.</summary>
internal sealed record TrueTrace(TraceRecord Record, long FirstPosition);

/// <summary>What the log folds to, as plain lists: the answers of the read model are checked against LINQ over them.</summary>
internal sealed class Truth
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new PlainDecimal() } };

    public List<TrueTrace> Traces { get; } = [];

    public List<ObservationRecord> Observations { get; } = [];

    public List<ScoreRecord> Scores { get; } = [];

    public static async Task<Truth> OfAsync(TestLog log)
    {
        var truth = new Truth();
        foreach (var fold in await log.FoldAllAsync())
        {
            if (fold.GetTrace() is { } trace)
            {
                var rows = await log.Log.ReadStreamAsync(TestLog.Project, fold.Stream, LogText.Without, TestContext.Current.CancellationToken);
                var living = rows.Skip(rows.ToList().FindLastIndex(row => row.IsDeletion) + 1);
                truth.Traces.Add(new TrueTrace(trace, living.First(row => row.Events.Any(e => e is not (ScoreEvent or ScoreDeletedEvent))).Position));
            }

            truth.Observations.AddRange(fold.GetObservations());
            truth.Scores.AddRange(fold.GetScores());
        }

        return truth;
    }

    /// <summary>The values that filters compare.</summary>
    public IFilterRow Row(TraceRecord trace) =>
        new TraceFilterRow(trace, Observations.FindAll(o => o.TraceId == trace.Id), Scores.FindAll(s => s.TraceId == trace.Id));

    /// <inheritdoc cref="Row(TraceRecord)"/>
    public IFilterRow Row(ObservationRecord observation) => new ObservationFilterRow(
        observation, Traces.Single(t => t.Record.Id == observation.TraceId).Record, Scores.FindAll(s => s.TraceId == observation.TraceId));

    /// <inheritdoc cref="Row(TraceRecord)"/>
    public IFilterRow Row(ScoreRecord score) => new ScoreFilterRow(score, Traces.Find(t => t.Record.Id == score.TraceId)?.Record);

    /// <summary>Compares by content: records hold lists, and decimals may differ in their zeros.</summary>
    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    /// <inheritdoc cref="Same{T}(IEnumerable{T}, IEnumerable{T})"/>
    public static void Same<T>(T expected, T actual) => Assert.Equal(Text(expected), Text(actual));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
