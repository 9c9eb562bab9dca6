using System.Text;
using Actors.Storage.Formats;
using Actors.Storage.Log;
using Actors.Tracing;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// The one statement that writes, with its parameters: a call of <c>log.append</c>. Everything of a batch travels in it, and
/// its transaction begins and ends on the server, so that no lock ever waits for this process. Not safe for concurrent use.
/// </summary>
internal sealed class AppendCall : IDisposable
{
    // No version of a stream: the row is refused and explained.
    private const long Never = -1;

    private readonly NpgsqlCommand _command;
    private readonly List<Action> _clear = [];
    private readonly List<int> _projects;
    private readonly List<byte[]> _streams;
    private readonly List<long> _afters;
    private readonly List<long> _versions;
    private readonly List<Guid> _appendIds;
    private readonly List<short> _kinds;
    private readonly List<short> _formats;
    private readonly List<int> _priceBooks;
    private readonly List<long> _receivedAts;
    private readonly List<byte[]> _heads;
    private readonly List<byte[]?> _bodies;
    private readonly List<int> _scoreRows;
    private readonly List<int> _scoreProjects;
    private readonly List<byte[]> _scoreStreams;
    private readonly List<byte[]> _scoreIds;
    private readonly List<short> _scoreFates;
    private readonly List<int> _againRows;
    private readonly List<int> _againProjects;
    private readonly List<byte[]> _againStreams;
    private readonly List<long> _againVersions;
    private readonly List<byte[]> _againHeads;
    private readonly List<byte[]?> _againBodies;

    public AppendCall(NpgsqlConnection connection)
    {
        _command = connection.CreateCommand();
        _projects = Column<int>("integer[]");
        _streams = Column<byte[]>("bytea[]");
        _afters = Column<long>("bigint[]");
        _versions = Column<long>("bigint[]");
        _appendIds = Column<Guid>("uuid[]");
        _kinds = Column<short>("smallint[]");
        _formats = Column<short>("smallint[]");
        _priceBooks = Column<int>("integer[]");
        _receivedAts = Column<long>("bigint[]");
        _heads = Column<byte[]>("bytea[]");
        _bodies = Column<byte[]?>("bytea[]");
        _scoreRows = Column<int>("integer[]");
        _scoreProjects = Column<int>("integer[]");
        _scoreStreams = Column<byte[]>("bytea[]");
        _scoreIds = Column<byte[]>("bytea[]");
        _scoreFates = Column<short>("smallint[]");
        _againRows = Column<int>("integer[]");
        _againProjects = Column<int>("integer[]");
        _againStreams = Column<byte[]>("bytea[]");
        _againVersions = Column<long>("bigint[]");
        _againHeads = Column<byte[]>("bytea[]");
        _againBodies = Column<byte[]?>("bytea[]");
        var parameters = string.Join(", ", Enumerable.Range(1, _command.Parameters.Count).Select(i => $"${i}"));
#pragma warning disable CA2100 // Only numbers of parameters are put together.
        _command.CommandText = $"CALL log.append({parameters}, NULL, NULL, NULL)";
#pragma warning restore CA2100
        _command.Prepare();
    }

    /// <summary>Adds a write of a project whose number is known. No stream comes twice.</summary>
    public void Add(int project, PendingWrite write)
    {
        switch (write)
        {
            case PendingAppend append:
                Add(project, append);
                break;
            case PendingDeletion deletion:
                Add(project, deletion);
                break;
            default:
                throw new InvalidOperationException($"The log cannot write a {write.GetType().Name}.");
        }
    }

    /// <summary>Writes what was added in one transaction and notes the outcomes in <paramref name="batch"/>, which has it in the same order.</summary>
    public void Run(IReadOnlyList<PendingWrite> batch)
    {
        using var reader = _command.ExecuteReader();
        if (!reader.Read())
        {
            throw new InvalidOperationException("The database answered without outcomes.");
        }

        var positions = reader.GetFieldValue<long[]>(0);
        var versions = reader.GetFieldValue<long[]>(1);
        var reasons = reader.GetFieldValue<short[]>(2);
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].IsNew = reasons[i] == 0;
            batch[i].Outcome = new AppendOutcome(positions[i], versions[i], IsConflict: reasons[i] == 3, IsDeleted: reasons[i] == 2);
        }
    }

    /// <summary>Lets go of what was added.</summary>
    public void Clear() => _clear.ForEach(clear => clear());

    public void Dispose() => _command.Dispose();

    private void Add(int project, PendingAppend pending)
    {
        var append = pending.Append;
        var redaction = pending.Redaction;
        var stream = AddRow(
            project,
            append.Stream,
            append.Version,
            after: redaction is null || redaction.Version == append.Version - 1 ? append.Version - 1 : Never,
            append.AppendId,
            RowKind.Events,
            append.PriceBook,
            append.ReceivedAt,
            pending.Row);
        foreach (var (scoreId, fate) in Fates(append.Events))
        {
            AddScore(project, stream, scoreId, fate);
        }

        foreach (var (version, row) in redaction?.Rows ?? [])
        {
            _againRows.Add(_projects.Count);
            _againProjects.Add(project);
            _againStreams.Add(stream);
            _againVersions.Add(version);
            _againHeads.Add(row.Head);
            _againBodies.Add(row.Body);
        }
    }

    private void Add(int project, PendingDeletion pending)
    {
        var (deletion, remains) = (pending.Deletion, pending.Remains);
        var stream = AddRow(
            project,
            deletion.Stream,
            deletion.Version,
            after: remains.Version == deletion.Version - 1 ? remains.Version : Never,
            deletion.AppendId,
            RowKind.Deletion,
            priceBook: 0,
            deletion.ReceivedAt,
            new EncodedRow(remains.AppendIds, null));
        foreach (var scoreId in remains.ScoreIds)
        {
            AddScore(project, stream, scoreId, ScoreFate.NotHere);
        }
    }

    private byte[] AddRow(
        int project, StreamId stream, long version, long after, Guid appendId, int kind, int priceBook, DateTimeOffset receivedAt, EncodedRow row)
    {
        var id = Encoding.UTF8.GetBytes(stream.Value);
        _projects.Add(project);
        _streams.Add(id);
        _versions.Add(version);
        _afters.Add(after);
        _appendIds.Add(appendId);
        _kinds.Add((short)kind);
        _formats.Add(RowCodec.Format);
        _priceBooks.Add(priceBook);
        _receivedAts.Add(receivedAt.ToUnixTimeMilliseconds());
        _heads.Add(row.Head);
        _bodies.Add(row.Body);
        return id;
    }

    // Arrays begin at 1, so the number of rows so far is the row's own.
    private void AddScore(int project, byte[] stream, string scoreId, ScoreFate fate)
    {
        _scoreRows.Add(_projects.Count);
        _scoreProjects.Add(project);
        _scoreStreams.Add(stream);
        _scoreIds.Add(ScoreKey.Of(scoreId));
        _scoreFates.Add((short)fate);
    }

    // A row that takes back what itself says of a score has taken the score from whoever held it.
    private static Dictionary<string, ScoreFate> Fates(IReadOnlyList<StreamEvent> events)
    {
        var fates = new Dictionary<string, ScoreFate>();
        foreach (var e in events)
        {
            if (e is ScoreEvent score)
            {
                fates[score.ScoreId] = ScoreFate.Here;
            }
            else if (e is ScoreDeletedEvent deleted)
            {
                var isNamedBefore = fates.TryGetValue(deleted.ScoreId, out var fate) && fate != ScoreFate.NotHere;
                fates[deleted.ScoreId] = isNamedBefore ? ScoreFate.Nowhere : ScoreFate.NotHere;
            }
        }

        return fates;
    }

    private List<T> Column<T>(string type)
    {
        var values = new List<T>();
        _command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, DataTypeName = type });
        _clear.Add(values.Clear);
        return values;
    }

    // As log.append knows them.
    private enum ScoreFate : short
    {
        Here = 1,
        NotHere = 2,
        Nowhere = 3,
    }
}
