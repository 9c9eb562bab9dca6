using Actors.Live;
using Actors.Tracing;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace;

/// <summary>One trace, read from its grain and read again whenever it grows.</summary>
public sealed partial class TracePage
{
    private Waterfall? _waterfall;
    private TraceWatch? _watch;
    private TraceViewModel? _view;
    private DateTimeOffset _now;
    private bool _lost;
    private string? _loadedId;
    private bool _missing;
    private bool _failed;

    /// <summary>The trace in the address.</summary>
    [Parameter]
    public string TraceId { get; set; } = "";

    /// <summary>The chosen observation; absent: the trace itself.</summary>
    [SupplyParameterFromQuery]
    public string? Span { get; set; }

    /// <summary>chat, json, scores or metadata; absent: chat.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("j", "Next span", () => MoveAsync(1)),
        new("k", "Previous span", () => MoveAsync(-1)),
        new("[", "Previous tab", () => StepTabAsync(-1)),
        new("]", "Next tab", () => StepTabAsync(1)),
    ];

    // Client ids may hold a slash, which the router keeps encoded.
    private string Id => TraceId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private string Selected => Span ?? TraceViewModel.RootId;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _now = Time.GetUtcNow();
        if (_loadedId == Id || !RendererInfo.IsInteractive)
            return;

        _loadedId = Id;
        (_view, _missing) = (null, false);
        await StopWatchingAsync();
        if (StreamId.IsValidId(Id))
            await ReadAsync();
        else
            _missing = true;
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (!StreamId.IsValidId(Id))
            return;
        try
        {
            _watch ??= new TraceWatch(Grains, Grain, Time);
            await _watch.RenewAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Fail(true);
            return;
        }

        if (back || _failed || _watch.Newest > (_view?.Version ?? 0))
            await ReadAsync();
        if (_view is { Running: true } && !_lost)
        {
            MoveNow();
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync() => StopWatchingAsync();

    private ITraceGrain Grain => Grains.GetGrain<ITraceGrain>(GrainKey.ForStream(Info!.Id, StreamId.ForTrace(Id)));

    // What is lost does not grow: it ends with the last that was heard of it.
    private void MoveNow()
    {
        var now = Time.GetUtcNow();
        _lost = _view is { } view && RunningTrace.IsLost(view.Trace.Summary, view.Trace.UpdatedAt, now);
        _now = _lost ? _view!.Trace.UpdatedAt : now;
    }

    private async Task ReadAsync()
    {
        try
        {
            var id = Id;
            var document = await Grain.ReadAsync();
            if (id != Id)
                return;
            _view = TraceViewModel.Of(document);
            _missing = _view is null;
            MoveNow();
            Fail(false);
            StateHasChanged();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Fail(true);
        }
    }

    private void Fail(bool failed)
    {
        if (_failed != failed)
        {
            _failed = failed;
            StateHasChanged();
        }
    }

    private async ValueTask StopWatchingAsync()
    {
        var watch = _watch;
        _watch = null;
        if (watch is not null)
            await watch.DisposeAsync();
    }

    private Task MoveAsync(int by) => _waterfall?.MoveAsync(by) ?? Task.CompletedTask;

    private Task SelectAsync(string id)
    {
        Go(id, Tab);
        return Task.CompletedTask;
    }

    private Task StepTabAsync(int by)
    {
        var at = Array.IndexOf(DetailTabs.Names, DetailTabs.Normalize(Tab));
        Go(Selected, DetailTabs.Names[Math.Clamp(at + by, 0, DetailTabs.Names.Length - 1)]);
        return Task.CompletedTask;
    }

    private void Go(string span, string? tab) => Navigation.NavigateTo(Address(span, tab), replace: true);

    private string TabAddress(string tab) => Address(Selected, tab);

    private string Address(string span, string? tab)
    {
        var path = ProjectPath.Trace(Info!.Id, Id);
        var query = string.Join('&', new[]
        {
            span == TraceViewModel.RootId ? null : $"span={Uri.EscapeDataString(span)}",
            DetailTabs.Normalize(tab) is "chat" ? null : $"tab={DetailTabs.Normalize(tab)}",
        }.OfType<string>());
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
