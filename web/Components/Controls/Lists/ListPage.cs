using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Pages;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>
/// A page that is a list. The address holds its state: a filter is an entry in the history, a choice of columns or of a row is
/// not. What happens in the project is heard of while somebody watches, and looked at once a second.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
public abstract class ListPage<T> : ProjectPage
{
    private LiveSubscription? _subscription;
    private ListState? _state;
    private int _dirty;

    /// <summary>The filter in the readable language.</summary>
    [SupplyParameterFromQuery] public string? F { get; set; }

    /// <summary>The order, for example <c>-latency</c>.</summary>
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    /// <summary>The range of time.</summary>
    [SupplyParameterFromQuery] public string? Range { get; set; }

    /// <summary>The columns.</summary>
    [SupplyParameterFromQuery] public string? Cols { get; set; }

    /// <summary>The saved view that the list began as.</summary>
    [SupplyParameterFromQuery] public string? View { get; set; }

    /// <summary>The row in the peek panel.</summary>
    [SupplyParameterFromQuery] public string? Peek { get; set; }

    /// <summary>What the address says.</summary>
    public ListState State => _state ?? ListState.Of(Shape);

    /// <summary>The rows; null while the page is laid out.</summary>
    public ListReader<T>? Reader { get; private set; }

    /// <summary>How often something had happened in the project when the page looked.</summary>
    public int Looks { get; private set; }

    /// <summary>The row below the one in the peek panel; null: unknown or none.</summary>
    public string? NextId => Reader?.Seen.GetValueOrDefault(Reader.Current + 1)?.Id;

    /// <summary>What the list is.</summary>
    protected abstract ListShape Shape { get; }

    /// <summary>The page, as it stands in addresses, for example <c>traces</c>.</summary>
    public string PageName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The address of the list without its state.</summary>
    protected abstract string Path { get; }

    /// <summary>Set with <c>@ref</c>.</summary>
    protected ListRoom<T>? Room { get; set; }

    [Inject]
    private LiveFeed Live { get; set; } = null!;

    /// <inheritdoc/>
    protected override TimeSpan Pulse => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("j", $"Next {Shape.One}", () => MoveAsync(1)),
        new("k", $"Previous {Shape.One}", () => MoveAsync(-1)),
        new("Enter", $"Open the {Shape.One}", OpenAsync),
        new("Space", $"Show the {Shape.One} beside the list", TogglePeekAsync),
        new("x", "Choose the row, or let it go", () => ChooseAsync(range: false)),
        new("X", "Choose all rows up to here", () => ChooseAsync(range: true)),
        new("Escape", "Close what is beside the list, then choose nothing", CloseAsync),
        new("n", $"Show new {Shape.Many}", RefreshAsync),
        new("/", "Write a filter", () => Room?.WriteAsync() ?? Task.CompletedTask),
    ];

    /// <summary>The address of a row's own page.</summary>
    public abstract string RowAddress(string id);

    /// <summary>The address of the list in another state; the peek panel stays as it is.</summary>
    public string Address(ListState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Path + state.ToQuery(Peek);
    }

    /// <summary>Goes to another filter, range or order.</summary>
    public void Change(ListState state) => Navigation.NavigateTo(Address(state));

    /// <summary>Shows other columns.</summary>
    public void Arrange(ListState state) => Navigation.NavigateTo(Address(state), replace: true);

    /// <summary>Reads the list anew.</summary>
    public async Task RefreshAsync()
    {
        if (Reader is not { } reader)
            return;
        await reader.OpenAsync(State);
        StateHasChanged();
        if (await reader.ReadAsideAsync())
            StateHasChanged();
    }

    /// <summary>Moves the keyboard, and the peek panel with it when it is open.</summary>
    public async Task MoveAsync(int by)
    {
        if (Reader?.Move(by) != true)
            return;
        await ShowCurrentAsync(peek: Peek is not null);
    }

    /// <summary>Shows a row beside the list.</summary>
    public async Task PickAsync(int index)
    {
        if (Reader?.MoveTo(index) == true)
            await ShowCurrentAsync(peek: true);
    }

    /// <summary>Opens the page of the slowest row of a step of time.</summary>
    public void Open(PulsePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        Navigation.NavigateTo(PointAddress(point));
    }

    /// <summary>Closes the peek panel.</summary>
    public void ClosePeek() => Navigation.NavigateTo(Path + State.ToQuery(), replace: true);

    /// <summary>Chooses no row.</summary>
    public void ChooseNone()
    {
        Reader?.Selection.Clear();
        StateHasChanged();
    }

    /// <summary>Draws the page again after something in it changed.</summary>
    public void Redraw() => StateHasChanged();

    /// <summary>Where the rows come from, once the project is known.</summary>
    protected abstract IListSource<T> CreateSource();

    /// <summary>The address of a row that the strip above the list names.</summary>
    protected virtual string PointAddress(PulsePoint point) => Path;

    /// <summary>What else older addresses said.</summary>
    protected virtual ListState ReadOlder(ListState state) => state;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var state = ReadOlder(ListState.Of(Shape).WithRange(Range).WithSort(Sort).WithText(F).WithColumns(Cols).WithEnvironments(Environments.Text) with { View = View });
        var same = _state?.HasRowsOf(state) == true;
        _state = state;

        // The first rendering on the server only lays the page out; the circuit reads.
        if (!RendererInfo.IsInteractive)
            return;
        if (Reader is null || !same)
        {
            Reader ??= new(CreateSource(), Time);
            await RefreshAsync();
        }
        FindPeek();
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (back)
            _subscription = Live.Subscribe(LiveScope.Of(Info!.Id), () => Interlocked.Exchange(ref _dirty, 1));
        if (Reader is not { } reader)
            return;

        var changed = Interlocked.Exchange(ref _dirty, 0) != 0;
        if (changed)
            Looks++;
        if (await reader.LookAsync(changed))
            StateHasChanged();
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        return ValueTask.CompletedTask;
    }

    private async Task ShowCurrentAsync(bool peek)
    {
        var reader = Reader!;
        StateHasChanged();
        await (Room?.RevealAsync() ?? Task.CompletedTask);
        if (peek && await reader.RowAsync(reader.Current) is { } line && line.Id != Peek)
            Navigation.NavigateTo(Path + State.ToQuery(line.Id), replace: true);
    }

    private async Task OpenAsync()
    {
        if (Reader is { Current: >= 0 } reader && await reader.RowAsync(reader.Current) is { } line)
            Navigation.NavigateTo(RowAddress(line.Id));
    }

    private Task TogglePeekAsync()
    {
        if (Peek is null)
            return PickAsync(Math.Max(0, Reader?.Current ?? 0));
        ClosePeek();
        return Task.CompletedTask;
    }

    private async Task ChooseAsync(bool range)
    {
        if (Reader is not { Current: >= 0 } reader)
            return;
        await reader.SelectAsync(reader.Current, range);
        StateHasChanged();
    }

    private Task CloseAsync()
    {
        if (Peek is not null)
            ClosePeek();
        else
            ChooseNone();
        return Task.CompletedTask;
    }

    // An address with an open panel: the keyboard goes on from there, when the row is in view.
    private void FindPeek()
    {
        if (Reader is { Current: < 0 } reader && Peek is not null && reader.Seen.Values.FirstOrDefault(l => l.Id == Peek) is { } line)
            reader.MoveTo(line.Index);
    }
}
