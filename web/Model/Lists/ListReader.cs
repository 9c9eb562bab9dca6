using Actors.Queries;

namespace Actors.Web.Model.Lists;

/// <summary>
/// The rows of a list as one viewer looks at them. The list stays at one watermark of the log, so rows never jump: what comes
/// later is counted and shown when asked for. Rows that still move are read again in place. Not for concurrent use: a circuit
/// does one thing at a time.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
/// <param name="source">Where the rows come from.</param>
/// <param name="time">The clock.</param>
public sealed class ListReader<T>(IListSource<T> source, TimeProvider time)
{
    /// <summary>The rows that are read at once when a list is opened: what a tall window shows.</summary>
    public const int FirstRows = 60;

    // An answer of the read model holds no more.
    private const int MostRows = 1000;

    // What is looked at again and again takes no more than this part of the time, however long the list is and whoever else asks.
    private const int LookPart = 100;
    private const int AsidePart = 200;

    private static readonly TimeSpan AsidePace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, ListLine<T>> _seen = [];
    private ListQuestion? _question;
    private IReadOnlyList<T>? _first;
    private long _asked;
    private TimeSpan _readTook;
    private long _lookedAt;
    private TimeSpan _lookPace;
    private bool _lookOwed;
    private long? _asideAt;
    private TimeSpan _asidePace = AsidePace;
    private bool _asideOwed;
    private ListState? _aside;

    /// <summary>Where the rows come from.</summary>
    public IListSource<T> Source => source;

    /// <summary>The rows that are chosen.</summary>
    public ListSelection<T> Selection { get; } = new();

    /// <summary>How many rows there are; null before they are read.</summary>
    public long? Total { get; private set; }

    /// <summary>How many rows have come since.</summary>
    public long Fresh { get; private set; }

    /// <summary>How many rows of the log are missing, while the read model is built anew.</summary>
    public long Behind { get; private set; }

    /// <summary>When the list was read.</summary>
    public DateTimeOffset ReadAt { get; private set; }

    /// <summary>Where what still runs ends.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The read model did not answer the last time.</summary>
    public bool Failed { get; private set; }

    /// <summary>Values and their counts; empty before they are read.</summary>
    public IReadOnlyList<ListFacet> Facets { get; private set; } = [];

    /// <summary>How the rows lie in time; null before it is read, and when the list has none.</summary>
    public Pulse? Pulse { get; private set; }

    /// <summary>When <see cref="Pulse"/> was read.</summary>
    public DateTimeOffset PulseAt { get; private set; }

    /// <summary>The row where the keyboard is; -1: none.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Rises when other rows are to be shown, from the top.</summary>
    public int Opened { get; private set; }

    /// <summary>Rises when the same rows are to be read again.</summary>
    public int Revision { get; private set; }

    /// <summary>What the list asks; null before the first time.</summary>
    public ListQuestion? Question => _question;

    /// <summary>Whether rows that still move are in view.</summary>
    public bool Moves => _seen.Values.Any(line => source.IsMoving(line.Item));

    /// <summary>The rows that were read last.</summary>
    public IReadOnlyDictionary<int, ListLine<T>> Seen => _seen;

    /// <summary>Reads the list anew: at the newest watermark, the range up to now.</summary>
    public async Task OpenAsync(ListState state)
    {
        Now = time.GetUtcNow();
        _asked = time.GetTimestamp();
        var question = new ListQuestion(state, Now);
        _question = question;
        try
        {
            var slice = await source.ReadAsync(question, 0, FirstRows);
            if (!ReferenceEquals(question, _question))
                return;
            _question = question with { Watermark = slice.Watermark };
            (Total, Behind, Fresh, Failed, ReadAt) = (slice.Total, slice.Behind, 0, false, Now);
            _first = slice.Items;
            _asideOwed = true;
            Current = -1;
            Selection.Clear();
            See(0, slice.Items);
            Opened++;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (ReferenceEquals(question, _question))
                Failed = true;
        }
    }

    /// <summary>Rows for the view; what cannot be read is left out and said.</summary>
    public async Task<IReadOnlyList<ListLine<T>>> ReadAsync(int offset, int count)
    {
        if (_question is not { Watermark: not null } question)
            return [];
        if (_first is { } first && offset + count <= first.Count)
            return See(offset, [.. first.Skip(offset).Take(count)]);

        try
        {
            var began = time.GetTimestamp();
            var slice = await source.ReadAsync(question, offset, Math.Clamp(count, 1, MostRows));
            if (!ReferenceEquals(question, _question))
                return [];
            _readTook = time.GetElapsedTime(began);
            Failed = false;
            return See(offset, slice.Items);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed = true;
            return [];
        }
    }

    /// <summary>One row; null when there is none.</summary>
    public async Task<ListLine<T>?> RowAsync(int index)
    {
        if (index < 0 || index >= (Total ?? 0))
            return null;
        if (_seen.TryGetValue(index, out var line))
            return line;
        return (await FetchAsync(index, 1)).FirstOrDefault();
    }

    /// <summary>
    /// Looks after the list, once a second while somebody watches: counts what is new, reads again what moves and, less often, the
    /// facets.
    /// </summary>
    /// <param name="changed">Something has happened since the last time.</param>
    /// <returns>Whether there is something to draw.</returns>
    public async Task<bool> LookAsync(bool changed)
    {
        if (_question is not { } question)
            return false;
        if (question.Watermark is null)
        {
            if (time.GetElapsedTime(_asked) < RetryPace)
                return false;
            await OpenAsync(question.State);
            return true;
        }

        Now = time.GetUtcNow();
        _lookOwed |= changed;
        var looks = _lookOwed && time.GetElapsedTime(_lookedAt) >= _lookPace;
        var moves = Moves;
        if (looks)
        {
            (_lookOwed, _asideOwed) = (false, true);
            var began = time.GetTimestamp();
            await CountNewAsync(question);
            _lookedAt = time.GetTimestamp();
            _lookPace = LookPart * (time.GetElapsedTime(began, _lookedAt) + (moves ? _readTook : TimeSpan.Zero));
            if (moves)
                (_first, Revision) = (null, Revision + 1);
        }
        return await ReadAsideAsync() | looks | moves;
    }

    /// <summary>Reads the facets and the pulse when they are old: at most every two seconds, and less often when that takes long.</summary>
    /// <returns>Whether they were read.</returns>
    public async Task<bool> ReadAsideAsync()
    {
        if (!_asideOwed || _question is not { Watermark: not null } question || (_asideAt is { } at && time.GetElapsedTime(at) < _asidePace && _aside == question.State))
            return false;
        _asideOwed = false;
        _asideAt = time.GetTimestamp();
        try
        {
            var now = time.GetUtcNow();
            var reading = source.ReadPulseAsync(question, PulseView.StepOf(question.State.Range.Length));
            var facets = await source.ReadFacetsAsync(question);
            var pulse = await reading;
            _asidePace = TimeSpan.FromTicks(Math.Max(AsidePace.Ticks, AsidePart * time.GetElapsedTime(_asideAt.Value).Ticks));
            if (question.State == _question?.State)
                (Facets, Pulse, PulseAt, _aside) = (facets, pulse, now, question.State);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed = true;
        }
        return true;
    }

    /// <summary>Moves the keyboard; it stops at the ends.</summary>
    /// <returns>Whether there is a row.</returns>
    public bool Move(int by) => Total is > 0 && MoveTo((int)Math.Clamp((long)Current + by, 0, Total.Value - 1));

    /// <summary>Moves the keyboard to a row.</summary>
    /// <returns>Whether there is a row.</returns>
    public bool MoveTo(int index)
    {
        if (index < 0 || index >= (Total ?? 0))
            return false;
        Current = index;
        return true;
    }

    /// <summary>Chooses or lets go a row, or chooses all from the last one that was to this one.</summary>
    public async Task SelectAsync(int index, bool range)
    {
        if (range && Selection.Anchor is >= 0 and var anchor)
        {
            var (from, to) = (Math.Min(anchor, index), Math.Max(anchor, index));
            Selection.AddAll(await FetchAsync(from, Math.Min(to - from + 1, ListSelection<T>.Most)));
        }
        else if (await RowAsync(index) is { } line)
        {
            Selection.Toggle(line);
        }
    }

    /// <summary>Chooses all rows, as many as can be.</summary>
    public async Task SelectAllAsync() => Selection.AddAll(await FetchAsync(0, ListSelection<T>.Most));

    private async Task<List<ListLine<T>>> FetchAsync(int offset, int count)
    {
        if (_question is not { Watermark: not null } question)
            return [];
        try
        {
            var slice = await source.ReadAsync(question, offset, count);
            return Lines(offset, slice.Items);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed = true;
            return [];
        }
    }

    private async Task CountNewAsync(ListQuestion question)
    {
        if (question.To is not null)
            return;
        try
        {
            var fresh = await source.CountNewAsync(question);
            if (!ReferenceEquals(question, _question))
                return;
            (Fresh, Failed) = (fresh, false);

            // Nothing can jump in an empty list.
            if (Total == 0 && Fresh > 0)
                await OpenAsync(question.State);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed = true;
        }
    }

    private List<ListLine<T>> See(int offset, IReadOnlyList<T> items)
    {
        var lines = Lines(offset, items);
        _seen.Clear();
        foreach (var line in lines)
            _seen[line.Index] = line;
        return lines;
    }

    private List<ListLine<T>> Lines(int offset, IReadOnlyList<T> items) => [.. items.Select((item, i) => new ListLine<T>(offset + i, source.IdOf(item), item))];
}
