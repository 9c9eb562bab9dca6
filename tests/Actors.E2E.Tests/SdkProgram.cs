using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.E2E;

/// <summary>A program that uses an unmodified SDK as an application would, and says when the server has acknowledged.</summary>
internal sealed class SdkProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;
    private int _read;

    private SdkProgram(ChildProcess process) => _process = process;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sends one nested trace and ends.</summary>
    public static async Task<string> FlushOneAsync(Uri address, ProjectKeys keys, string name, int inputTokens = 1000)
    {
        string[] arguments = ["flush-one.mjs", name, inputTokens.ToString(CultureInfo.InvariantCulture)];
        await using var program = new SdkProgram(await NodePrograms.StartAsync(address, keys, arguments, Cancel));
        return (string)(await program.NextAsync())["traceId"]!;
    }

    /// <summary>Opens a trace that grows with every <see cref="GoOnAsync"/>.</summary>
    public static async Task<SdkProgram> StreamOneAsync(Uri address, ProjectKeys keys, string name) =>
        new(await NodePrograms.StartAsync(address, keys, ["stream-one.mjs", name], Cancel));

    /// <summary>The next line that it prints.</summary>
    public async Task<JsonNode> NextAsync()
    {
        var number = ++_read;
        var seen = 0;
        var line = await _process.Output.FirstAsync(_ => ++seen == number).WaitAsync(Limit, Cancel);
        return JsonNode.Parse(line ?? throw new InvalidOperationException($"The program ended early.\n{_process.Transcript}"))!;
    }

    /// <summary>Lets it take its next step.</summary>
    /// <returns>What it prints when the step is acknowledged.</returns>
    public async Task<JsonNode> GoOnAsync()
    {
        await _process.WriteLineAsync("");
        return await NextAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
