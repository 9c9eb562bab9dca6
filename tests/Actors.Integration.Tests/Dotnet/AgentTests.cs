using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Actors.Integration.Dotnet;

/// <summary>Microsoft's Agent Framework and Semantic Kernel, over the OTLP exporter.</summary>
public sealed class AgentTests(RunningSilo silo) : IAsyncLifetime
{
    private const string Sensitive = "Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive";

    private ModelProvider _provider = null!;
    private TracedApplication _application = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Semantic Kernel reads its switch once, when it is first used.
        AppContext.SetSwitch(Sensitive, true);
        _provider = await ModelProvider.StartAsync(silo, Cancel);
        _application = new TracedApplication(silo, "Microsoft.SemanticKernel*");
    }

    public ValueTask DisposeAsync()
    {
        _application.Dispose();
        return _provider.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_holds_its_calls_and_tools_and_counts_nothing_again()
    {
        var chat = _provider.Client.GetChatClient("gpt-4o").AsIChatClient().AsBuilder()
            .UseFunctionInvocation()
            .UseOpenTelemetry(sourceName: TracedApplication.Source, configure: c => c.EnableSensitiveData = true)
            .Build();
        var agent = new ChatClientAgent(chat, new ChatClientAgentOptions
        {
            Id = "f1",
            Name = "forecaster",
            ChatOptions = new ChatOptions
            {
                Instructions = "Be kind.",
                Tools = [AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather", "Looks out")],
            },
        }).AsBuilder().UseOpenTelemetry(TracedApplication.Source, c => c.EnableSensitiveData = true).Build();

        var story = await _application.TellAsync(() => agent.RunAsync("Is it sunny in Oslo?", cancellationToken: Cancel), Cancel);

        Assert.StartsWith(
            """
            AGENT invoke_agent forecaster(f1)
              in [{"role":"user","parts":[{"type":"text","content":"Is it sunny in Oslo?"}]}]
              out [
            """,
            story,
            StringComparison.Ordinal);
        Assert.Equal(
            [
                "AGENT invoke_agent forecaster(f1)",
                "  GENERATION chat gpt-4o",
                "    usage input=146 input_cached_tokens=64 output=15 output_reasoning_tokens=0 total=225",
                "    cost 0.000595",
                "  TOOL weather",
                "  GENERATION chat gpt-4o",
                "    usage input=346 input_cached_tokens=64 output=6 output_reasoning_tokens=0 total=416",
                "    cost 0.001005",
            ],
            Outline(story));
    }

    [Fact]
    public async Task A_kernel_tells_its_messages_its_usage_and_its_functions()
    {
        var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o", _provider.Client).Build();
        kernel.Plugins.Add(KernelPluginFactory.CreateFromFunctions(
            "sky", [KernelFunctionFactory.CreateFromMethod((string city) => $"Sunny in {city}", "weather", "Looks out")]));
        var history = new ChatHistory("Be kind.");
        history.AddUserMessage("Is it sunny in Oslo?");

        var story = await _application.TellAsync(
            () => kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync(
                history, new OpenAIPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, kernel, Cancel),
            Cancel);

        Assert.Equal(
            [
                "GENERATION chat gpt-4o",
                "  usage input=210 output=15 total=225",
                "  cost 0.000675",
                "TOOL weather",
                "GENERATION chat gpt-4o",
                "  usage input=410 output=6 total=416",
                "  cost 0.001085",
            ],
            Outline(story));
        Assert.Contains(
            """in [{"role":"system","name":null,"content":"Be kind.","tool_calls":[]},{"role":"user","name":null,"content":"Is it sunny in Oslo?","tool_calls":[]}]""",
            story,
            StringComparison.Ordinal);
        Assert.Contains("\"content\":\"The tool said: Sunny in Oslo\"", story, StringComparison.Ordinal);
    }

    // Without texts and parameters, which are compared apart.
    private static string[] Outline(string story) =>
        [.. story.Split('\n').Where(l => l.TrimStart() is var line && !line.StartsWith("in ", StringComparison.Ordinal)
            && !line.StartsWith("out ", StringComparison.Ordinal) && !line.StartsWith("model ", StringComparison.Ordinal))];
}
