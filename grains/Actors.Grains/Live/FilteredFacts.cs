using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Says of single contributions whether a filter counts them.</summary>
internal sealed class FilteredFacts(LiveFilter filter)
{
    private readonly LiveCondition[] _conditions = [.. filter.Conditions];
    private readonly LiveCondition[] _ofTraces = [.. filter.Conditions.Where(c => IsOfTraces(c.Dimension))];
    private readonly bool _leavesTracesOut = filter.LeavesTracesOut;

    /// <summary>Whether anything in a trace can count, before and after a row; most filters are done with most rows here.</summary>
    public bool MayCount(StreamFacts facts) => Holds(facts.NewDims) || (facts.OldDims != facts.NewDims && Holds(facts.OldDims));

    /// <summary>Whether a stream without a trace belongs to the feed.</summary>
    public bool ShowsStream(in TraceDims dims) => _ofTraces.Length == _conditions.Length && Holds(dims);

    public bool Counts(in TraceContribution trace, in TraceDims dims)
    {
        if (_leavesTracesOut)
        {
            return false;
        }

        foreach (var condition in _conditions)
        {
            if (!Holds(condition, condition.Dimension == LiveDimension.Environment ? trace.Environment : Of(condition.Dimension, dims)))
            {
                return false;
            }
        }

        return true;
    }

    public bool Counts(in Contribution o, in TraceDims dims)
    {
        foreach (var condition in _conditions)
        {
            var value = condition.Dimension switch
            {
                LiveDimension.Environment => o.Environment,
                LiveDimension.Tool => o.Tool,
                _ => Of(condition.Dimension, o.Dims) ?? Of(condition.Dimension, dims),
            };
            if (!Holds(condition, value))
            {
                return false;
            }
        }

        return true;
    }

    public bool Counts(in ScoreContribution score, in TraceDims dims)
    {
        foreach (var condition in _conditions)
        {
            var value = condition.Dimension switch
            {
                LiveDimension.Environment => score.Environment,
                LiveDimension.Tool => null,
                _ => Of(condition.Dimension, score.Dims) ?? Of(condition.Dimension, dims),
            };
            if (!Holds(condition, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a trace belongs to the feed: by itself, or by one of its observations when the filter is about these.</summary>
    public bool Shows(in TraceContribution trace, in TraceDims dims, IEnumerable<Contribution> observations)
    {
        if (!_leavesTracesOut)
        {
            return Counts(trace, dims);
        }

        foreach (var o in observations)
        {
            if (Counts(o, dims))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a trace that does not belong to the feed after a row may have belonged to it before.</summary>
    public bool Showed(in TraceContribution trace, StreamFacts facts)
    {
        if (!_leavesTracesOut)
        {
            return Counts(trace, facts.OldDims);
        }

        foreach (var (old, _) in facts.Observations)
        {
            if (old is { } o && Counts(o, facts.OldDims))
            {
                return true;
            }
        }

        return false;
    }

    private bool Holds(in TraceDims dims)
    {
        foreach (var condition in _ofTraces)
        {
            if (!Holds(condition, Of(condition.Dimension, dims)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(LiveCondition condition, string? value)
    {
        if (value is null)
        {
            return false;
        }

        for (var i = 0; i < condition.Values.Count; i++)
        {
            if (condition.Values[i] == value)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfTraces(LiveDimension dimension) =>
        dimension is LiveDimension.TraceName or LiveDimension.User or LiveDimension.Session or LiveDimension.Release;

    private static string? Of(LiveDimension dimension, in TraceDims dims) => dimension switch
    {
        LiveDimension.TraceName => dims.Name,
        LiveDimension.User => dims.UserId,
        LiveDimension.Session => dims.SessionId,
        LiveDimension.Release => dims.Release,
        _ => null,
    };

    private static string? Of(LiveDimension dimension, in ObservationDims dims) => dimension switch
    {
        LiveDimension.Model => dims.Model,
        LiveDimension.Prompt => dims.Prompt,
        LiveDimension.PromptVersion => dims.PromptVersion,
        _ => null,
    };
}
