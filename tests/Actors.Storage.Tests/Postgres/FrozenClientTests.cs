using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using static Actors.Testing.LogSamples;

namespace Actors.Storage.Postgres;

/// <summary>
/// A node that stops in the middle of a commit keeps nobody waiting. Method: a connection that speaks the protocol by hand,
/// because a library never stops halfway.
/// </summary>
public sealed class FrozenClientTests(LogDatabase database) : IClassFixture<LogDatabase>, IAsyncLifetime
{
    // Well below any timeout of the server, so that it is not a timeout that frees the others.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // A client that stops tells nobody what it has written, so its rows are looked for.
    private readonly PostgresEventLog _log = database.Open(new EventLogOptions { HeadPollInterval = TimeSpan.FromMilliseconds(30) });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // One row of stream «t:frozen», without events.
    private static string Call => $"""
        CALL log.append(ARRAY[1], ARRAY['t:frozen'::bytea], ARRAY[0::bigint], ARRAY[1::bigint], ARRAY['{Guid.NewGuid()}'::uuid], ARRAY[1::smallint],
        ARRAY[1::smallint], ARRAY[1], ARRAY[0::bigint], ARRAY['\x00'::bytea], ARRAY[NULL::bytea], '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}',
        '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', NULL, NULL, NULL)
        """;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await database.EmptyAsync();
    }

    [Fact]
    public async Task A_client_that_stops_after_its_statement_and_never_ends_its_transaction_has_committed()
    {
        await _log.AppendAsync(Append(Trace(), 1), Ct);
        using var client = await ConnectAsync();

        // Without the message «Sync», which would end the transaction of any other statement, and without reading a byte.
        await client.Client.SendAsync(Statement(Call), Ct);
        await _log.WaitForChangeAsync(Project, 1, Ct).WaitAsync(Soon, Ct);

        var outcome = await _log.AppendAsync(Append(Trace("frozen"), 2), Ct).AsTask().WaitAsync(Soon, Ct);
        Assert.Equal((3, false), (outcome.Position, outcome.IsConflict));
    }

    [Fact]
    public async Task A_client_that_stops_within_its_statement_has_locked_nothing()
    {
        await _log.AppendAsync(Append(Trace(), 1), Ct);
        using var client = await ConnectAsync();

        var statement = Statement(Call);
        await client.Client.SendAsync(statement.AsMemory(0, statement.Length - 6), Ct);

        var outcome = await _log.AppendAsync(Append(Trace("frozen"), 1), Ct).AsTask().WaitAsync(Soon, Ct);
        Assert.Equal((2, false), (outcome.Position, outcome.IsConflict));
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var client = new TcpClient();
        await client.ConnectAsync(settings.Host!, settings.Port, Ct);
        await client.Client.SendAsync(Message(null, [0, 3, 0, 0, .. Text("user"), .. Text(settings.Username!), .. Text("database"), .. Text(settings.Database!), 0]), Ct);

        // Up to «ready for query».
        for (var type = '\0'; type != 'Z';)
        {
            var head = new byte[5];
            await client.GetStream().ReadExactlyAsync(head, Ct);
            type = (char)head[0];
            await client.GetStream().ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4], Ct);
        }

        return client;
    }

    // Parse, bind, execute.
    private static byte[] Statement(string sql) =>
    [
        .. Message('P', [0, .. Text(sql), 0, 0]),
        .. Message('B', [0, 0, 0, 0, 0, 0, 0, 0]),
        .. Message('E', [0, 0, 0, 0, 0]),
    ];

    private static byte[] Message(char? type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length + 4);
        return type is { } t ? [(byte)t, .. length, .. content] : [.. length, .. content];
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
