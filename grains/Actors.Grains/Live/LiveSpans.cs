using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// The longer times that windows need, each one bucket. They are asked for anew when the window has moved on or a number is
/// doubted; what is known serves until the answer has come. Pure: no clock, no I/O.
/// </summary>
internal sealed class LiveSpans(SeriesNames names)
{
    // A window whose facts keep coming late must not ask all the time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Nothing moves on in all time: it is asked for all the same, so that what a dead silo had not told does not stay missing.
    private static readonly TimeSpan AllTimeAge = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LiveWindows, WindowSpans> _known = [];
    private SpanQuestion? _asking;

    // An answer from before this position may lack facts that were not told, or rows that were erased.
    private long _mustPass;

    public IEnumerable<BoardBucket> Buckets => _known.Values.SelectMany(w => w.All).Select(s => s.Bucket).OfType<BoardBucket>();

    public WindowSpans? Find(LiveWindows window) => _known.GetValueOrDefault(window);

    public void Apply(PartialBucket delta, long unknown)
    {
        foreach (var span in Spans())
        {
            span.Apply(delta, names, unknown);
        }
    }

    /// <summary>Facts about times that were not told are missing.</summary>
    public void Doubt(long position)
    {
        foreach (var bucket in Spans().Select(s => s.Bucket).OfType<BoardBucket>().Where(b => b.Base < position))
        {
            bucket.Doubt(position);
        }

        _mustPass = Math.Max(_mustPass, position);
    }

    public void DoubtErased(PositionRange erasures)
    {
        _mustPass = Math.Max(_mustPass, erasures.Last);
        foreach (var span in Spans())
        {
            span.Bucket?.DoubtErased(erasures);
        }
    }

    /// <summary>Whether a window that is wanted is not known, has moved on or is doubted.</summary>
    public bool IsDue(LiveWindows wanted, DateTimeOffset now) => wanted.Each().Any(w => IsOneDue(w, now));

    /// <summary>What should be asked for now; null: nothing, or a question is under way.</summary>
    public SpanQuestion? Ask(LiveWindows wanted, DateTimeOffset now)
    {
        if (_asking is not null)
        {
            return null;
        }

        foreach (var window in _known.Keys.Where(w => !wanted.HasFlag(w)).ToList())
        {
            _known.Remove(window);
        }

        var due = wanted.Each().Where(w => IsOneDue(w, now)).ToDictionary(w => w, w => new WindowSpans(WindowPlan.Of(w, now), now));
        return due.Count == 0 ? null : _asking = new SpanQuestion(due, names.Own);
    }

    /// <summary>Takes the answer to a question.</summary>
    /// <param name="question">The question that is under way.</param>
    /// <param name="sums">The answer.</param>
    /// <param name="head">The head of the log when it was asked.</param>
    /// <param name="known">The head of the log after the answer.</param>
    /// <returns>Whether it was of use; else it is asked again.</returns>
    public bool Answer(SpanQuestion question, LiveSums sums, long head, long known)
    {
        if (_asking != question)
        {
            return false;
        }

        _asking = null;
        if (!names.CanAdopt(question.Own, sums.Buckets))
        {
            return false;
        }

        var byRange = sums.Buckets.ToDictionary(b => b.At);
        var at = 0L;
        foreach (var (window, spans) in question.Windows)
        {
            foreach (var span in spans.All)
            {
                span.Answer(byRange.GetValueOrDefault(at++), sums.Watermark, head, known, names);
                if (sums.Watermark < _mustPass)
                {
                    span.Bucket!.Doubt(_mustPass);
                }
            }

            _known[window] = spans;
        }

        return true;
    }

    /// <summary>The question stays without an answer.</summary>
    public void GiveUp(SpanQuestion question) => _asking = _asking == question ? null : _asking;

    /// <summary>Forgets everything, also what is being asked for.</summary>
    public void Clear()
    {
        _known.Clear();
        _asking = null;
    }

    private IEnumerable<BoardSpan> Spans() => _known.Values.Concat(_asking?.Windows.Values ?? []).SelectMany(w => w.All);

    private bool IsOneDue(LiveWindows window, DateTimeOffset now)
    {
        if (!_known.TryGetValue(window, out var spans))
        {
            return true;
        }

        var age = now - spans.AskedAt;
        return age < TimeSpan.Zero
            || !spans.Plan.Serves(WindowPlan.Of(window, now))
            || (spans.IsDoubted && age >= Patience)
            || (window == LiveWindows.AllTime && age >= AllTimeAge);
    }
}
