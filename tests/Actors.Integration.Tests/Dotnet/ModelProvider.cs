using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using OpenAI;

namespace Actors.Integration.Dotnet;

/// <summary>The model provider of <c>tests/clients</c>, in a process of its own, and OpenAI's client for it.</summary>
internal sealed class ModelProvider : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private ModelProvider(ChildProcess process, Uri address)
    {
        _process = process;
        Client = new OpenAIClient(
            new ApiKeyCredential("sk-stub"),
            new OpenAIClientOptions { Endpoint = address, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
    }

    /// <summary>Calls it, once.</summary>
    public OpenAIClient Client { get; }

    public static async Task<ModelProvider> StartAsync(RunningSilo silo, CancellationToken cancellationToken)
    {
        var process = await NodePrograms.StartAsync(silo.Silo.Address, silo.Keys, ["provider.mjs"], cancellationToken);
        var line = await process.Output.FirstAsync(l => l.StartsWith('{')).WaitAsync(StartLimit, cancellationToken);
        return line is null
            ? throw new InvalidOperationException($"The model provider did not start.\n{process.Transcript}")
            : new ModelProvider(process, new Uri((string)JsonNode.Parse(line)!["baseURL"]!));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
