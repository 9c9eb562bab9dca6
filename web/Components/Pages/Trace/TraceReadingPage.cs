using Actors.Live;
using Actors.Tracing;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace;

/// <summary>A page that shows one trace: reads it from its grain, again whenever it grows, and keeps what is shown in the address.</summary>
public abstract class TraceReadingPage : ProjectPage
{
    private TraceWatch? _watch;
    private string? _loadedId;
    private TimeSpan _readTook;
    private long _readAt;

    /// <summary>The trace in the address.</summary>
    [Parameter]
    public string TraceId { get; set; } = "";

    /// <summary>The chosen observation; absent: the trace itself.</summary>
    [SupplyParameterFromQuery]
    public string? Span { get; set; }

    /// <summary>One of <see cref="DetailTab.All"/>; absent: chat.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>waterfall, tree, graph or log; absent: waterfall.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>Part of the names of the spans that are looked for.</summary>
    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    /// <summary>The lowest level of the spans that are looked for.</summary>
    [SupplyParameterFromQuery]
    public string? Level { get; set; }

    /// <summary>critical: the critical path is drawn.</summary>
    [SupplyParameterFromQuery]
    public string? Path { get; set; }

    /// <summary>short: idle gaps are drawn short.</summary>
    [SupplyParameterFromQuery]
    public string? Gaps { get; set; }

    /// <summary>calls: the graph has a node for each call.</summary>
    [SupplyParameterFromQuery]
    public string? Steps { get; set; }

    // Client ids may hold a slash, which the router keeps encoded.
    private protected string Id => TraceId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private protected TraceViewModel? Shown { get; private set; }

    private protected DateTimeOffset Now { get; private set; }

    private protected bool Lost { get; private set; }

    private protected bool Missing { get; private set; }

    private protected bool Failed { get; private set; }

    private protected virtual TraceAddress Address => new()
    {
        Span = Span ?? TraceViewModel.RootId,
        Tab = DetailTab.Normalize(Tab),
        Look = TraceAddress.LookOf(View),
        Filter = new SpanFilter(Find, Level),
        CriticalPath = Path == "critical",
        ShortGaps = Gaps == "short",
        Calls = Steps == "calls",
    };

    /// <summary>The path of this page.</summary>
    private protected abstract string Here { get; }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Now = Time.GetUtcNow();
        if (_loadedId == Id || !RendererInfo.IsInteractive)
            return;

        _loadedId = Id;
        (Shown, Missing) = (null, false);
        await StopWatchingAsync();
        if (StreamId.IsValidId(Id))
            await ReadAsync();
        else
            Missing = true;
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (!StreamId.IsValidId(Id))
            return;
        try
        {
            _watch ??= new TraceWatch(Grains, Grain(Id), Time);
            await _watch.RenewAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Fail(true);
            return;
        }

        if (back || Failed || (_watch.Newest > (Shown?.Version ?? 0) && IsRested))
            await ReadAsync();
        if (Shown is { Running: true } && !Lost)
        {
            MoveNow();
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync() => StopWatchingAsync();

    /// <summary>Whether the page may show the trace.</summary>
    private protected virtual bool MayShow(TraceRecord trace) => true;

    private protected async Task ReadAsync()
    {
        try
        {
            var id = Id;
            var began = Time.GetTimestamp();
            var document = await Grain(id).ReadAsync();
            if (id != Id)
                return;
            Shown = document?.Trace is { } trace && MayShow(trace) ? TraceViewModel.Of(document) : null;
            Missing = Shown is null;
            _readAt = Time.GetTimestamp();
            _readTook = Time.GetElapsedTime(began, _readAt);
            MoveNow();
            Fail(false);
            StateHasChanged();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Fail(true);
        }
    }

    private protected ITraceGrain Grain(string id) => Grains.GetGrain<ITraceGrain>(GrainKey.ForStream(Info!.Id, StreamId.ForTrace(id)));

    private protected void Go(TraceAddress address) => Navigation.NavigateTo(AddressOf(address), replace: true);

    private protected string TabAddress(string tab) => AddressOf(Address with { Tab = tab });

    private protected string AddressOf(TraceAddress address) => Here + address.ToQuery();

    // A trace of thousands of spans is read whole, so one that grows all the time may take this share of a core, and no more.
    private bool IsRested => Time.GetElapsedTime(_readAt) >= _readTook * 20;

    // What is lost does not grow: it ends with the last that was heard of it.
    private void MoveNow()
    {
        var now = Time.GetUtcNow();
        Lost = Shown is { } view && RunningTrace.IsLost(view.Trace.Summary, view.Trace.UpdatedAt, now);
        Now = Lost ? Shown!.Trace.UpdatedAt : now;
    }

    private void Fail(bool failed)
    {
        if (Failed != failed)
        {
            Failed = failed;
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
}
