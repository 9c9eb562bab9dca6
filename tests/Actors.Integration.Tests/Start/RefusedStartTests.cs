using System.Net;
using System.Net.Sockets;

namespace Actors.Integration.Start;

/// <summary>A start that cannot succeed says so in one line that names the setting and the fix, and ends with a code above 0.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_taken_port()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await RefusedAsync(
            new SiloStart { DataDirectory = _scratch.Path, Urls = $"http://127.0.0.1:{port}" }, $"{port}", "--urls");
    }

    [Fact]
    public async Task A_taken_port_for_grpc_that_was_chosen()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await RefusedAsync(new SiloStart { DataDirectory = _scratch.Path, GrpcPort = port }, $"Actors:Otlp:GrpcPort is {port}");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made()
    {
        // Below a file nobody can make a directory, not even root.
        var file = _scratch.Combine("file");
        await File.WriteAllTextAsync(file, "", Cancel);

        await RefusedAsync(new SiloStart { DataDirectory = Path.Combine(file, "data") }, "Actors:DataDirectory", file);
    }

    [Theory]
    [InlineData("Actors__EventLog__MaxBatchRows", "abc", "Actors:EventLog:MaxBatchRows")]
    [InlineData("Actors__EventLog__MaxBatchRows", "0", "Actors:EventLog")]
    [InlineData("Actors__Ingestion__MaxBatchBytes", "-1", "Actors:Ingestion")]
    [InlineData("Actors__Tracing__IdleAge", "soon", "Actors:Tracing:IdleAge")]
    [InlineData("Actors__Storage", "cassandra", "Actors:Storage")]
    [InlineData("Actors__Otlp__GrpcPort", "70000", "Actors:Otlp:GrpcPort")]
    [InlineData("Actors__Otlp__GrpcHost", "my-machine", "Actors:Otlp:GrpcHost")]
    [InlineData("LANGFUSE_INIT_PROJECT_ID", "a/b", "LANGFUSE_INIT_PROJECT_ID")]
    [InlineData("LANGFUSE_INIT_PROJECT_PUBLIC_KEY", "pk-lf-1", "LANGFUSE_INIT_PROJECT_SECRET_KEY")]
    [InlineData("ASPNETCORE_URLS", "not an address", "--urls")]
    public async Task A_damaged_setting(string variable, string value, string named)
    {
        var start = new SiloStart
        {
            DataDirectory = _scratch.Path,
            Environment = new Dictionary<string, string?> { [variable] = value },
            Urls = variable == "ASPNETCORE_URLS" ? null : SiloStart.AnyPort,
        };
        await RefusedAsync(start, named);
    }

    [Theory]
    [InlineData("master", null, null, "Actors:Role")]
    [InlineData("web", null, null, "Actors:Storage")]
    [InlineData("silo", "sqlite", null, "Actors:Storage")]
    [InlineData("all", "postgres", null, "Actors:Postgres:ConnectionString")]
    [InlineData("silo", "postgres", "Host", "Actors:Postgres:ConnectionString")]
    public async Task A_role_that_does_not_go_with_the_storage(string role, string? storage, string? database, string named)
    {
        var start = new SiloStart
        {
            DataDirectory = _scratch.Path,
            Environment = new Dictionary<string, string?>
            {
                ["Actors__Role"] = role, ["Actors__Storage"] = storage, ["Actors__Postgres__ConnectionString"] = database,
            },
        };
        await RefusedAsync(start, named);
    }

    [Theory]
    [InlineData("Actors__Cluster__SiloPort", "eleven", "Actors:Cluster:SiloPort")]
    [InlineData("Actors__Cluster__GatewayPort", "11111", "Actors:Cluster:GatewayPort")]
    [InlineData("Actors__Cluster__DrainDelay", "soon", "Actors:Cluster:DrainDelay")]
    [InlineData("Actors__Cluster__AdvertisedAddress", "no.such.host.invalid", "Actors:Cluster:AdvertisedAddress")]
    public async Task A_damaged_setting_of_a_cluster(string variable, string value, string named)
    {
        var start = new SiloStart
        {
            DataDirectory = _scratch.Path,
            Environment = new Dictionary<string, string?>
            {
                ["Actors__Storage"] = "postgres", ["Actors__Postgres__ConnectionString"] = "Host=127.0.0.1;Database=nowhere", [variable] = value,
            },
        };
        await RefusedAsync(start, named);
    }

    [Fact]
    public async Task Demo_traffic_without_an_API_to_send_it_to()
    {
        var start = new SiloStart
        {
            DataDirectory = _scratch.Path,
            Arguments = ["--demo"],
            Environment = new Dictionary<string, string?>
            {
                ["Actors__Role"] = "silo", ["Actors__Storage"] = "postgres", ["Actors__Postgres__ConnectionString"] = "Host=127.0.0.1",
            },
        };
        await RefusedAsync(start, "--demo", "Actors:Role");
    }

    [Fact]
    public async Task A_damaged_settings_file()
    {
        await File.WriteAllTextAsync(_scratch.Combine("appsettings.json"), "{ \"Actors\": ", Cancel);
        await RefusedAsync(
            new SiloStart { DataDirectory = _scratch.Combine("data"), WorkingDirectory = _scratch.Path }, "appsettings.json");
    }

    [Theory]
    [InlineData("{ \"PublicKey\": \"pk")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Damaged_keys(string content)
    {
        await File.WriteAllTextAsync(_scratch.Combine("first-project.json"), content, Cancel);
        await RefusedAsync(new SiloStart { DataDirectory = _scratch.Path }, "first-project.json", "delete");
    }

    [Fact]
    public async Task A_second_server_on_the_same_data()
    {
        var start = new SiloStart { DataDirectory = _scratch.Path, Keys = ProjectKeys.New() };
        await using var first = await SiloProcess.StartAsync(start, Cancel);

        await RefusedAsync(start, "Actors:DataDirectory", _scratch.Path);

        // The first is not disturbed.
        var id = NewIds.For("trace");
        var stored = await first.Client.PostBatchAsync([Wire.Trace(id, TimeProvider.System.GetUtcNow())], Cancel);
        Assert.Single(stored.Successes);
        Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync($"/api/public/traces/{id}", Cancel)).Status);
    }

    private static async Task RefusedAsync(SiloStart start, params string[] named)
    {
        var exit = await SiloProcess.RunToExitAsync(start, Cancel);

        Assert.True(exit.Code != 0, exit.Transcript);
        var lines = exit.Errors.Where(l => l.Trim().Length > 0).ToList();
        Assert.True(lines.Count == 1, $"One line was expected.\n{exit.Transcript}");
        Assert.All(named, n => Assert.Contains(n, lines[0], StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(exit.Output, l => l.Contains("   at ", StringComparison.Ordinal));
    }
}
