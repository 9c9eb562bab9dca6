using Microsoft.Extensions.AI;

namespace Actors.Integration.Dotnet;

/// <summary>Microsoft.Extensions.AI with <c>UseOpenTelemetry</c>, over the OTLP exporter.</summary>
public sealed class ExtensionsAiTests(RunningSilo silo) : IAsyncLifetime
{
    private static readonly List<ChatMessage> Messages = [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Is it sunny in Oslo?")];

    private readonly TracedApplication _application = new(silo);
    private ModelProvider _provider = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _provider = await ModelProvider.StartAsync(silo, Cancel);

    public ValueTask DisposeAsync()
    {
        _application.Dispose();
        return _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_call_is_a_generation_and_its_cached_tokens_have_their_own_price()
    {
        var story = await _application.TellAsync(
            () => Chat("gpt-4o").GetResponseAsync(Messages, new ChatOptions { Temperature = 0.5f }, Cancel), Cancel);

        Assert.Equal(
            """
            SPAN orchestrate_tools
              GENERATION chat gpt-4o
                model gpt-4o {"temperature":0.5,"service_tier":"default"}
                usage input=136 input_cached_tokens=64 output=7 output_reasoning_tokens=0 total=207
                cost 0.00049
                in [{"role":"system","parts":[{"type":"text","content":"Be kind."}]},{"role":"user","parts":[{"type":"text","content":"Is it sunny in Oslo?"}]}]
                out [{"role":"assistant","parts":[{"type":"text","content":"You said: Is it sunny in Oslo?"}],"finish_reason":"stop"}]
            """,
            story);
    }

    [Fact]
    public async Task A_stream_tells_what_a_whole_answer_tells()
    {
        var story = await _application.TellAsync(
            async () =>
            {
                await foreach (var update in Chat("gpt-4o").GetStreamingResponseAsync(Messages, cancellationToken: Cancel))
                {
                    Assert.NotNull(update);
                }
            },
            Cancel);

        Assert.Contains("usage input=136 input_cached_tokens=64 output=7 output_reasoning_tokens=0 total=207\n    cost 0.00049\n", story, StringComparison.Ordinal);
        Assert.Contains("\"content\":\"You said: Is it sunny in Oslo?\"", story, StringComparison.Ordinal);
        Assert.StartsWith("SPAN orchestrate_tools\n  GENERATION chat gpt-4o\n", story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_loop_around_a_tool_counts_nothing_again()
    {
        var weather = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather", "Looks out");

        var story = await _application.TellAsync(
            () => Chat("gpt-4o").GetResponseAsync(Messages, new ChatOptions { Tools = [weather] }, Cancel), Cancel);

        Assert.Equal(
            """
            SPAN orchestrate_tools
              GENERATION chat gpt-4o
                model gpt-4o {"service_tier":"default"}
                usage input=146 input_cached_tokens=64 output=15 output_reasoning_tokens=0 total=225
                cost 0.000595
                in [{"role":"system","parts":[{"type":"text","content":"Be kind."}]},{"role":"user","parts":[{"type":"text","content":"Is it sunny in Oslo?"}]}]
                out [{"role":"assistant","parts":[{"type":"tool_call","id":"call_6cbb07a3ca76092f9177382e","name":"weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]
              TOOL weather
                in {"city":"Oslo"}
                out "Sunny in Oslo"
              GENERATION chat gpt-4o
                model gpt-4o {"service_tier":"default"}
                usage input=346 input_cached_tokens=64 output=6 output_reasoning_tokens=0 total=416
                cost 0.001005
                in [{"role":"system","parts":[{"type":"text","content":"Be kind."}]},{"role":"user","parts":[{"type":"text","content":"Is it sunny in Oslo?"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"call_6cbb07a3ca76092f9177382e","name":"weather","arguments":{"city":"Oslo"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"call_6cbb07a3ca76092f9177382e","response":"Sunny in Oslo"}]}]
                out [{"role":"assistant","parts":[{"type":"text","content":"The tool said: \"Sunny in Oslo\""}],"finish_reason":"stop"}]
            """,
            story);
    }

    [Fact]
    public async Task An_embedding_is_paid_once()
    {
        var generator = _provider.Client.GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator().AsBuilder()
            .UseOpenTelemetry(sourceName: TracedApplication.Source).Build();

        var story = await _application.TellAsync(() => generator.GenerateAsync(["hello"], cancellationToken: Cancel), Cancel);

        Assert.Equal(
            """
            EMBEDDING embeddings text-embedding-3-small
              model text-embedding-3-small
              usage input=10 total=10
              cost 0.0000002
            """,
            story);
    }

    [Fact]
    public async Task A_provider_that_refuses_makes_the_call_an_error()
    {
        var story = await _application.TellAsync(
            () => Assert.ThrowsAnyAsync<Exception>(() => Chat("status-429").GetResponseAsync(Messages, cancellationToken: Cancel)), Cancel);

        Assert.Contains("GENERATION chat status-429\n    level ERROR HTTP 429", story, StringComparison.Ordinal);
    }

    private IChatClient Chat(string model) => _provider.Client.GetChatClient(model).AsIChatClient().AsBuilder()
        .UseFunctionInvocation()
        .UseOpenTelemetry(sourceName: TracedApplication.Source, configure: c => c.EnableSensitiveData = true)
        .Build();
}
