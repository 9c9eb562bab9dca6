using System.Net;
using Actors.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.Membership;
using Orleans.Runtime.MembershipService;

namespace Actors.Storage.Clustering;

/// <summary>
/// What Orleans demands of a table of members: every change names the version that it was made from and makes the next one, or
/// changes nothing at all; a sign of life changes no version.
/// </summary>
public sealed class MembershipTableTests(PostgresServer server) : IAsyncLifetime
{
    private const string Cluster = "cluster-1";

    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);

    private string _database = null!;
    private IMembershipTable _table = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync(Cancel);
        await OrleansSchema.ApplyAsync(_database, Cancel);
        _table = await OpenAsync(Cluster);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_new_table_is_empty_at_version_0()
    {
        var all = await _table.ReadAllAsync(Cancel);

        Assert.Empty(all.Members);
        Assert.Equal((0, "0"), (all.Version.Version, all.Version.VersionEtag));
    }

    [Fact]
    public async Task A_member_is_read_back_as_it_was_written()
    {
        var entry = Entry(1, SiloStatus.Joining);
        Assert.True(await InsertAsync(entry));

        var row = await _table.ReadRowAsync(entry.SiloAddress, Cancel);
        var read = Assert.Single(row.Members).Item1;

        Assert.Equal(1, row.Version.Version);
        Assert.Equal(
            (entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort, entry.StartTime, entry.IAmAliveTime),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime));
        Assert.Empty((await _table.ReadRowAsync(Entry(2, SiloStatus.Active).SiloAddress, Cancel)).Members);
    }

    [Fact]
    public async Task A_member_that_exists_is_not_inserted_again_and_the_version_stays()
    {
        Assert.True(await InsertAsync(Entry(1, SiloStatus.Joining)));
        Assert.False(await InsertAsync(Entry(1, SiloStatus.Active)));

        var all = await _table.ReadAllAsync(Cancel);
        Assert.Equal((1, SiloStatus.Joining), (all.Version.Version, Assert.Single(all.Members).Item1.Status));
    }

    [Fact]
    public async Task A_change_from_an_old_version_changes_nothing()
    {
        var entry = Entry(1, SiloStatus.Joining);
        var old = (await _table.ReadAllAsync(Cancel)).Version;
        Assert.True(await InsertAsync(entry));

        Assert.False(await _table.InsertRowAsync(Entry(2, SiloStatus.Joining), old.Next(), Cancel));
        entry.Status = SiloStatus.Dead;
        Assert.False(await _table.UpdateRowAsync(entry, old.VersionEtag, old.Next(), Cancel));

        var all = await _table.ReadAllAsync(Cancel);
        Assert.Equal((1, SiloStatus.Joining), (all.Version.Version, Assert.Single(all.Members).Item1.Status));
    }

    [Fact]
    public async Task An_update_keeps_who_suspects_whom()
    {
        var entry = Entry(1, SiloStatus.Active);
        Assert.True(await InsertAsync(entry));
        entry.Status = SiloStatus.Dead;
        entry.AddSuspector(Entry(2, SiloStatus.Active).SiloAddress, Noon.AddSeconds(9));

        Assert.True(await UpdateAsync(entry));

        var read = Assert.Single((await _table.ReadAllAsync(Cancel)).Members).Item1;
        Assert.Equal(SiloStatus.Dead, read.Status);
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
    }

    [Fact]
    public async Task Nobody_updates_a_member_that_is_not_there()
    {
        Assert.True(await InsertAsync(Entry(1, SiloStatus.Active)));

        Assert.False(await UpdateAsync(Entry(2, SiloStatus.Dead)));

        Assert.Equal(1, (await _table.ReadAllAsync(Cancel)).Version.Version);
    }

    [Fact]
    public async Task Of_changes_that_race_from_the_same_version_one_wins()
    {
        var entries = Enumerable.Range(1, 8).Select(i => Entry(i, SiloStatus.Joining)).ToList();
        var version = (await _table.ReadAllAsync(Cancel)).Version.Next();

        var won = await Task.WhenAll(entries.Select(e => _table.InsertRowAsync(e, version, Cancel)));

        Assert.Single(won, w => w);
        var all = await _table.ReadAllAsync(Cancel);
        Assert.Equal((1, 1), (all.Version.Version, all.Members.Count));
    }

    [Fact]
    public async Task A_sign_of_life_moves_forward_only_and_changes_no_version()
    {
        var entry = Entry(1, SiloStatus.Active);
        Assert.True(await InsertAsync(entry));

        entry.IAmAliveTime = Noon.AddMinutes(2);
        await _table.UpdateIAmAliveAsync(entry, Cancel);
        entry.IAmAliveTime = Noon.AddMinutes(1);
        await _table.UpdateIAmAliveAsync(entry, Cancel);

        var all = await _table.ReadAllAsync(Cancel);
        Assert.Equal((1, Noon.AddMinutes(2)), (all.Version.Version, Assert.Single(all.Members).Item1.IAmAliveTime));
    }

    [Fact]
    public async Task The_dead_are_forgotten_after_a_while_and_the_living_never()
    {
        foreach (var entry in new[] { Entry(1, SiloStatus.Dead), Entry(2, SiloStatus.Active), Entry(3, SiloStatus.Dead) })
        {
            entry.StartTime = entry.IAmAliveTime = entry.SiloAddress.Generation == 3 ? Noon : Noon.AddDays(-8);
            Assert.True(await InsertAsync(entry));
        }

        await _table.CleanupDefunctSiloEntriesAsync(Noon.AddDays(-7), Cancel);

        Assert.Equal([2, 3], (await _table.ReadAllAsync(Cancel)).Members.Select(m => m.Item1.SiloAddress.Generation).Order());
    }

    [Fact]
    public async Task Gateways_are_the_active_members_that_have_one()
    {
        var hidden = Entry(3, SiloStatus.Active);
        hidden.ProxyPort = 0;
        foreach (var entry in new[] { Entry(1, SiloStatus.Active), Entry(2, SiloStatus.Joining), hidden })
        {
            Assert.True(await InsertAsync(entry));
        }

        var provider = await OpenGatewaysAsync();

        Assert.Equal("gwy.tcp://127.0.0.1:30001/1", Assert.Single(await provider.GetGateways()).ToString());
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_see_each_other()
    {
        var other = await OpenAsync("cluster-2");
        Assert.True(await InsertAsync(Entry(1, SiloStatus.Active)));

        Assert.Empty((await other.ReadAllAsync(Cancel)).Members);
        await other.DeleteMembershipTableEntriesAsync("cluster-2", Cancel);
        Assert.Single((await _table.ReadAllAsync(Cancel)).Members);
    }

    private static MembershipEntry Entry(int generation, SiloStatus status) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), generation),
        SiloName = $"silo-{generation}",
        HostName = "host",
        Status = status,
        ProxyPort = 30000 + generation,
        StartTime = Noon,
        IAmAliveTime = Noon,
    };

    private async Task<bool> InsertAsync(MembershipEntry entry) =>
        await _table.InsertRowAsync(entry, (await _table.ReadAllAsync(Cancel)).Version.Next(), Cancel);

    private async Task<bool> UpdateAsync(MembershipEntry entry)
    {
        var version = (await _table.ReadAllAsync(Cancel)).Version;
        return await _table.UpdateRowAsync(entry, version.VersionEtag, version.Next(), Cancel);
    }

    private async Task<IMembershipTable> OpenAsync(string cluster)
    {
        var table = new AdoNetClusteringTable(
            NoServices(),
            Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = "service" }),
            Options.Create(new AdoNetClusteringSiloOptions
            {
                Invariant = OrleansSchema.Invariant, ConnectionString = OrleansSchema.ConnectionString(_database),
            }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancel);
        return table;
    }

    private async Task<IGatewayListProvider> OpenGatewaysAsync()
    {
        var provider = new AdoNetGatewayListProvider(
            NullLogger<AdoNetGatewayListProvider>.Instance,
            NoServices(),
            Options.Create(new AdoNetClusteringClientOptions
            {
                Invariant = OrleansSchema.Invariant, ConnectionString = OrleansSchema.ConnectionString(_database),
            }),
            Options.Create(new GatewayOptions()),
            Options.Create(new ClusterOptions { ClusterId = Cluster, ServiceId = "service" }));
        await provider.InitializeGatewayListProvider();
        return provider;
    }

    private static ServiceProvider NoServices() => new ServiceCollection().BuildServiceProvider();
}
