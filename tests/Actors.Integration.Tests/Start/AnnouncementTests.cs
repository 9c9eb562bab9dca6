using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Actors.Integration.Start;

/// <summary>What a newcomer is told, and that it is true.</summary>
public sealed partial class AnnouncementTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_first_start_makes_a_project_and_prints_all_that_a_newcomer_needs()
    {
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Combine("data") }, Cancel);
        var text = silo.Output.Text;
        var keys = KeysIn(text);

        Assert.Contains($"Actors is ready at {silo.Address.ToString().TrimEnd('/')}", text, StringComparison.Ordinal);
        Assert.Contains($"{silo.Address}p/{keys.ProjectId}/live", text, StringComparison.Ordinal);
        using var client = new SiloClient(silo.Address, keys);
        var projects = await client.GetAsync("/api/public/projects", Cancel);
        Assert.Equal(HttpStatusCode.OK, projects.Status);
        Assert.Equal(keys.ProjectId, (string?)projects.Json["data"]![0]!["id"]);
    }

    [Fact]
    public async Task The_printed_snippet_sends_a_trace_as_it_stands()
    {
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path }, Cancel);
        var keys = KeysIn(silo.Output.Text);
        var snippet = silo.Output.Lines
            .Select(l => l.Trim())
            .SkipWhile(l => !l.StartsWith("import ", StringComparison.Ordinal))
            .TakeWhile(l => l.Length > 0)
            .ToList();
        Assert.Equal(3, snippet.Count);

        var address = new Uri("http://127.0.0.1:9");
        await using var node = await NodePrograms.StartAsync(
            address, keys, ["--input-type=module", "--eval", string.Join('\n', snippet)], Cancel);
        Assert.True(await node.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel) == 0, node.Transcript);

        using var client = new SiloClient(silo.Address, keys);
        var traces = await Eventually.GetAsync(
            "the snippet's trace in the list",
            TimeSpan.FromSeconds(1),
            () => client.GetAsync("/api/public/traces?name=hello", Cancel),
            answer => answer.Json["data"]!.AsArray().Count == 1,
            Cancel);
        Assert.Single(traces.Json["data"]![0]!["observations"]!.AsArray());
    }

    [Fact]
    public async Task Keys_are_made_once_and_kept()
    {
        var start = new SiloStart { DataDirectory = _scratch.Path };
        ProjectKeys first;
        await using (var silo = await SiloProcess.StartAsync(start, Cancel))
        {
            first = KeysIn(silo.Output.Text);
            Assert.Equal(0, await silo.StopAsync());
        }

        await using var again = await SiloProcess.StartAsync(start, Cancel);
        Assert.Equal(first, KeysIn(again.Output.Text));
        using var client = new SiloClient(again.Address, first);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/public/projects", Cancel)).Status);
    }

    [Fact]
    public async Task Keys_and_names_of_the_environment_are_taken()
    {
        var keys = ProjectKeys.New("from-ci");
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path, Keys = keys }, Cancel);

        Assert.Equal(keys, KeysIn(silo.Output.Text));
        var project = (await silo.Client.GetAsync("/api/public/projects", Cancel)).Json["data"]![0]!;
        Assert.Equal(("from-ci", "Test project"), ((string?)project["id"], (string?)project["name"]));
    }

    [Fact]
    public async Task The_address_of_the_command_line_is_taken()
    {
        var port = FreePort();
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _scratch.Path, Urls = $"http://127.0.0.1:{port}" }, Cancel);
        Assert.Equal(port, silo.Address.Port);
    }

    [Fact]
    public async Task The_address_of_the_environment_is_taken()
    {
        var port = FreePort();
        var start = new SiloStart
        {
            DataDirectory = _scratch.Path,
            Urls = null,
            Environment = new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" },
        };
        await using var silo = await SiloProcess.StartAsync(start, Cancel);
        Assert.Equal(port, silo.Address.Port);
    }

    [Fact]
    public async Task The_door_for_grpc_is_announced_with_its_address()
    {
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path, GrpcPort = -1 }, Cancel);
        Assert.Matches(@"OTLP +http://127\.0\.0\.1:\d+/v1/traces \(HTTP\), http://127\.0\.0\.1:[1-9]\d* \(gRPC\)", silo.Output.Text);
    }

    [Fact]
    public async Task Another_program_on_the_standard_port_for_grpc_is_no_reason_not_to_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 4317);
        try
        {
            other.Start();
        }
        catch (SocketException)
        {
            // There is another program already.
        }

        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path, GrpcPort = null }, Cancel);
        Assert.DoesNotContain("(gRPC)", silo.Output.Text, StringComparison.Ordinal);
        Assert.Single(silo.Output.Lines, l => l.Contains("Port 4317 is taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_is_readable_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path }, Cancel);
        var mode = File.GetUnixFileMode(_scratch.Combine("first-project.json"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProjectKeys KeysIn(string announcement) => new(
        ProjectPattern().Match(announcement).Groups[1].Value,
        PublicPattern().Match(announcement).Groups[1].Value,
        SecretPattern().Match(announcement).Groups[1].Value);

    [GeneratedRegex(@"Project .*/p/([^/\s]+)/live")]
    private static partial Regex ProjectPattern();

    [GeneratedRegex(@"Public key\s+(pk-lf-\S+)")]
    private static partial Regex PublicPattern();

    [GeneratedRegex(@"Secret key\s+(sk-lf-\S+)")]
    private static partial Regex SecretPattern();
}
