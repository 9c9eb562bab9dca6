using Actors.Analytics.Ingest;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Audit;

/// <summary>
/// Compares rows of the read model with what the log folds to, all the time and beside the traffic: a few of the streams that
/// changed lately, and a slow round over all of them. Nothing should ever differ. What does twice, without a change in
/// between, is counted, said and written again from the log. While no row comes, nothing is done.
/// </summary>
internal sealed partial class ColumnAudit
{
    private readonly ProjectId _project;
    private readonly IEventLog _log;
    private readonly IStreamFolder _folder;
    private readonly ProjectDatabase _database;
    private readonly ProjectFollower _follower;
    private readonly AuditSample _sample;
    private readonly AuditTally _tally;
    private readonly AnalyticsOptions _options;
    private readonly AnalyticsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Streams that differed at the last look, with the position of their newest row then.
    private readonly Dictionary<StreamId, long> _suspected = [];
    private long _round;

    public ColumnAudit(
        ProjectId project, IEventLog log, IStreamFolder folder, ProjectDatabase database, ProjectFollower follower, AuditSample sample,
        AuditTally tally, AnalyticsOptions options, AnalyticsInstruments instruments, TimeProvider time, ILogger logger)
    {
        _project = project;
        _log = log;
        _folder = folder;
        _database = database;
        _follower = follower;
        _sample = sample;
        _tally = tally;
        _options = options;
        _instruments = instruments;
        _time = time;
        _logger = logger;
    }

    /// <summary>What was found so far.</summary>
    public ColumnsAudit Found => _tally.Found;

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_suspected.Count == 0)
                {
                    await _sample.WaitAsync(cancellationToken);
                }

                await Task.Delay(_options.AuditInterval, _time, cancellationToken);
                await LookAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(_project, exception);
            }
        }
    }

    /// <summary>Compares once. One caller at a time.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var told = new List<ToldStream>();
        foreach (var stream in _suspected.Keys.Union(_sample.Take()).Union(await NextOfRoundAsync(cancellationToken)).ToList())
        {
            if (await ToldStream.ReadAsync(_log, _folder, _project, stream, cancellationToken) is { } read)
            {
                told.Add(read);
            }
        }

        if (told.Count == 0)
        {
            return;
        }

        var answer = await _database.UseAsync(connection => AuditTables.Compare(connection, told), cancellationToken);
        var compared = 0;
        var found = new List<string>();
        foreach (var stream in told.Where(stream => stream.LastPosition <= answer.Watermark))
        {
            if (!answer.Differences.TryGetValue(stream.StreamPosition, out var what))
            {
                _suspected.Remove(stream.Stream);
                compared++;
            }
            else if (!await HasGrownAsync(stream, cancellationToken))
            {
                compared++;
                if (_suspected.Remove(stream.Stream, out var before) && before == stream.LastPosition)
                {
                    found.Add(what);
                    LogDifference(_project, stream.Stream.Value, what);
                    await _follower.MendAsync(stream.Stream, cancellationToken);
                }
                else
                {
                    _suspected[stream.Stream] = stream.LastPosition;
                }
            }
        }

        _tally.Add(_time.GetUtcNow(), compared, found);
        _instruments.Audited(compared, found.Count);
    }

    // The snapshot may hold rows that came after the log was read; then the stream is looked at another time.
    private async Task<bool> HasGrownAsync(ToldStream stream, CancellationToken cancellationToken)
    {
        var rows = await _log.ReadStreamAsync(_project, stream.Stream, LogText.Without, cancellationToken);
        return rows.Count == 0 || rows[^1].Position != stream.LastPosition;
    }

    private async Task<IEnumerable<StreamId>> NextOfRoundAsync(CancellationToken cancellationToken)
    {
        var rows = await _log.ReadChangesAsync(_project, _round, _options.AuditStreams, cancellationToken);
        _round = rows.Count > 0 ? rows[^1].Position : 0;
        return rows.Select(row => row.Stream);
    }
}
