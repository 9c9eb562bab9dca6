using System.Text;
using Actors.Connections;
using Actors.Storage.Control;
using Actors.Testing.Postgres;

namespace Actors.Storage.Connections;

public abstract class LlmConnectionStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private const string Secret = "sk-very-secret-key-1234";

    private LlmConnectionStore Connections => field ??= new LlmConnectionStore(Database, new Reversing(), TimeProvider.System);

    [Fact]
    public async Task Of_connections_with_one_provider_that_arrive_at_once_one_is_new()
    {
        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Connections.PutAsync(One, Settings("same") with { SecretKey = $"{Secret}{i}" }, Ct), Ct)));

        Assert.Single(puts, p => p.IsNew);
        Assert.Single(puts.Select(p => p.Connection.Id).Distinct());
    }

    [Fact]
    public async Task Secrets_are_stored_encrypted_and_found_again()
    {
        var headers = new Dictionary<string, string> { ["X-Token"] = "header-secret" };
        var put = await Connections.PutAsync(One, Settings("kept") with { ExtraHeaders = headers }, Ct);

        var secrets = (await Connections.FindSecretsAsync(One, "kept", Ct)).Value!;

        Assert.Equal(Secret, secrets.SecretKey);
        Assert.Equal(headers, secrets.ExtraHeaders);
        Assert.Equal("LlmSecrets", $"{secrets}");
        Assert.Equal("...1234", put.Connection.DisplaySecretKey);
        await using var context = Database.CreateDbContext();
        var stored = context.Set<LlmConnection>().Single();
        Assert.DoesNotContain(Secret, stored.SecretKey, StringComparison.Ordinal);
        Assert.DoesNotContain("header-secret", stored.ExtraHeaders!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_short_key_nothing_is_shown()
    {
        var put = await Connections.PutAsync(One, Settings("short") with { SecretKey = "abcdefgh" }, Ct);

        Assert.Equal("...", put.Connection.DisplaySecretKey);
    }

    [Fact]
    public async Task A_row_that_was_moved_to_another_project_cannot_be_read_there()
    {
        await Connections.PutAsync(One, Settings("moved"), Ct);
        await ExecuteAsync("UPDATE llm_connections SET project_id = 'two'");

        Assert.Equal(RefusalKind.Conflict, (await Connections.FindSecretsAsync(Two, "moved", Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var put = await Connections.PutAsync(One, Settings("mine"), Ct);

        Assert.Equal(RefusalKind.NotFound, (await Connections.FindSecretsAsync(Two, "mine", Ct)).Refusal!.Kind);
        Assert.NotNull(await Connections.DeleteAsync(Two, put.Connection.Id, Ct));
        Assert.Equal(0, (await Connections.ListAsync(Two, new PageRequest(1, 10), Ct)).TotalItems);
        Assert.True((await Connections.PutAsync(Two, Settings("mine"), Ct)).IsNew);
        Assert.Null(await Connections.DeleteAsync(One, put.Connection.Id, Ct));
    }

    private static LlmConnectionSettings Settings(string provider) =>
        new() { Provider = provider, Adapter = LlmAdapter.OpenAi, SecretKey = Secret };

    /// <summary>No encryption, but like it in what the store relies on: unreadable to a searcher, bound to its purpose.</summary>
    private sealed class Reversing : ISecretProtector
    {
        public string Protect(string purpose, string secret) => $"{purpose}|{Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}";

        public string? Unprotect(string purpose, string protectedText) =>
            protectedText.StartsWith(purpose + "|", StringComparison.Ordinal)
                ? Encoding.UTF8.GetString(Convert.FromBase64String(protectedText[(purpose.Length + 1)..]))
                : null;
    }
}

public sealed class SqliteLlmConnectionStoreTests() : LlmConnectionStoreTests(new SqliteControlPlane());

public sealed class PostgresLlmConnectionStoreTests(PostgresServer server) : LlmConnectionStoreTests(new PostgresControlPlane(server));
