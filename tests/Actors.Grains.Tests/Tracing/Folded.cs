using Actors.Testing;
using Actors.Tracing;

namespace Actors.Grains.Tests.Tracing;

/// <summary>Everything that a fold says about its stream.</summary>
internal sealed record Folded(TraceRecord? Trace, IReadOnlyList<ObservationRecord> Observations, IReadOnlyList<ScoreRecord> Scores)
{
    public static Folded Of(IStreamFold fold) => new(fold.GetTrace(), fold.GetObservations(), fold.GetScores());

    /// <summary>Folds all rows at once.</summary>
    public static Folded Of(IReadOnlyList<LogRow> rows, LogText text = LogText.With)
    {
        var fold = TestPrices.Start(rows[0].Stream, text);
        fold.Load(rows);
        return Of(fold);
    }

    public static Folded Of(EventScript script, int priceBook = 1) => Of(LogRows.Of(script, priceBook));

    /// <summary>Folds row by row, and all rows again when one is older than what is folded, as the actor does.</summary>
    public static Folded Incrementally(IReadOnlyList<LogRow> rows, LogText text = LogText.With)
    {
        var fold = TestPrices.Start(rows[0].Stream, text);
        var changes = new StreamChanges();
        for (var i = 0; i < rows.Count; i++)
        {
            changes.Clear();
            if (!fold.TryApply(rows[i], changes))
            {
                fold = TestPrices.Start(rows[0].Stream, text);
                fold.Load([.. rows.Take(i + 1)]);
            }
        }

        return Of(fold);
    }

    /// <summary>Without what a fold without text does not know.</summary>
    public Folded WithoutText() => new(
        Trace is null ? null : Trace with { Input = null, Output = null, Metadata = null },
        [.. Observations.Select(o => o with
        {
            Input = null,
            Output = null,
            Metadata = null,
            ModelParameters = null,
            Experiment = o.Experiment?.WithoutText(),
        })],
        Scores);

    /// <summary>Without the time of the last receipt, which a repetition moves.</summary>
    public Folded WithoutUpdatedAt() => new(
        Trace is null ? null : Trace with { UpdatedAt = default },
        [.. Observations.Select(o => o with { UpdatedAt = default })],
        [.. Scores.Select(s => s with { UpdatedAt = default })]);

    public override string ToString() => RecordText.Of(new { Trace, Observations, Scores });
}
