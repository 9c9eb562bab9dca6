using Actors.Web.Components.Controls;
using Actors.Web.Components.Controls.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Actors.Components;

/// <summary>A control that is left while its script loads or answers reaches for nothing more and leaves nothing behind.</summary>
public sealed class LeavingTests : BunitContext
{
    private readonly LateScripts _scripts = new();

    public LeavingTests() => Services.AddSingleton<IJSRuntime>(_scripts);

    public static TheoryData<string, string> Controls() => new()
    {
        { nameof(JsonTree), "attach" },
        { nameof(Waterfall), "attach" },
        { nameof(QueryBar), "attach" },
        { nameof(LiveChart), "create" },
        { nameof(PeekPanel), "attach" },
    };

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Left_before_the_script_is_there(string control, string function)
    {
        Render(Fragment(control));
        await DisposeComponentsAsync();

        _scripts.Loaded.SetResult();
        await _scripts.Ended;

        Assert.False(_scripts.Called.IsCompleted, $"{function} was called");
        AssertNothingFailed();
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Left_before_the_script_has_answered(string control, string function)
    {
        Render(Fragment(control));
        _scripts.Loaded.SetResult();
        Assert.Equal(function, await _scripts.Called);
        await DisposeComponentsAsync();

        _scripts.Answer.SetResult(_scripts.Made);
        await _scripts.Ended;

        Assert.Equal(["dispose"], _scripts.Made.Calls);
        Assert.True(_scripts.Made.Gone.Task.IsCompleted);
        AssertNothingFailed();
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Left_with_an_element_that_the_script_does_not_find_any_more(string control, string function)
    {
        Render(Fragment(control));
        _scripts.Loaded.SetResult();
        Assert.Equal(function, await _scripts.Called);
        await DisposeComponentsAsync();

        _scripts.Answer.SetException(new JSException("The element is null."));
        await _scripts.Ended;

        AssertNothingFailed();
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Left_when_all_is_there(string control, string function)
    {
        Render(Fragment(control));
        _scripts.Loaded.SetResult();
        Assert.Equal(function, await _scripts.Called);
        _scripts.Answer.SetResult(_scripts.Made);
        await _scripts.Ended;

        await DisposeComponentsAsync();

        Assert.Equal("dispose", _scripts.Made.Calls[^1]);
        Assert.True(_scripts.Made.Gone.Task.IsCompleted);
        AssertNothingFailed();
    }

    private void AssertNothingFailed() => Assert.False(Renderer.UnhandledException.IsCompleted, "a control failed");

    private static RenderFragment Fragment(string control) => control switch
    {
        nameof(JsonTree) => Of<JsonTree>((nameof(JsonTree.Json), "[1,2]")),
        nameof(Waterfall) => Of<Waterfall>((nameof(Waterfall.Tree), WaterfallTree.Empty)),
        nameof(QueryBar) => Of<QueryBar>((nameof(QueryBar.State), TraceFilter.Empty)),
        nameof(PeekPanel) => Of<PeekPanel>((nameof(PeekPanel.Id), "t1"), (nameof(PeekPanel.Label), "One trace"), (nameof(PeekPanel.Address), "/t1")),
        _ => Of<LiveChart>(
            (nameof(LiveChart.Options), new ChartOptions("bands", "ms", 60_000, 1000, 62, "live")), (nameof(LiveChart.Label), "Latency")),
    };

    private static RenderFragment Of<T>(params (string Name, object Value)[] parameters)
        where T : IComponent => builder =>
        {
            builder.OpenComponent<T>(0);
            foreach (var (name, value) in parameters)
            {
                builder.AddComponentParameter(1, name, value);
            }

            builder.CloseComponent();
        };
}
