using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Model;
using Actors.Web.Model.Live;
using Actors.Web.Model.People;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Sessions;

/// <summary>One session as a conversation that grows while it is held, alone or beside another.</summary>
public sealed partial class SessionPage(LiveFeed live, NamePrivacy privacy)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private SessionReader? _reader;
    private SessionReader? _other;
    private LiveSubscription? _subscription;
    private LiveSubscription? _otherSubscription;
    private (string Id, string? Show, string? Other)? _loaded;
    private Side _side;
    private int? _chosen;
    private int _comments;
    private int _dirty;
    private long _readAt;
    private bool _failed;

    private enum Side
    {
        None,
        Notes,
        Dataset,
        Compare,
    }

    /// <summary>The session in the address.</summary>
    [Parameter]
    public string SessionId { get; set; } = "";

    /// <summary>The name of the observation that stands for each turn; absent: the trace itself.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    /// <summary>The chosen turn.</summary>
    [SupplyParameterFromQuery]
    public int? Turn { get; set; }

    /// <summary>Another session beside this one.</summary>
    [SupplyParameterFromQuery]
    public string? Cmp { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("j", "Next turn", () => StepAsync(1)),
        new("k", "Previous turn", () => StepAsync(-1)),
        new("w", "Next turn where something went wrong", NextTroubleAsync),
        new("Enter", "Open the trace of the turn", OpenTraceAsync),
        new("a", "To a dataset", () => Toggle(Side.Dataset)),
        new("e", "Scores and notes", () => Toggle(Side.Notes)),
    ];

    // Client ids may hold a slash, which the router keeps encoded.
    private string Id => SessionId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private PersonNames Names => new(Info?.Id ?? new ProjectId(Project), privacy.Hidden);

    private int NotesCount => (_reader?.Scores.Count ?? 0) + _comments;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _chosen = Turn;
        if (_loaded == (Id, Show, Cmp) || !RendererInfo.IsInteractive)
            return;

        var analytics = Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);
        if (_loaded?.Id != Id)
        {
            (_reader, _comments) = (null, 0);
            Unsubscribe();
        }
        if (_loaded?.Other != Cmp)
        {
            (_other, _otherSubscription) = (null, Dropped(_otherSubscription));
        }

        _loaded = (Id, Show, Cmp);
        // Another reader for another question: what is shown stays until the answer is there.
        var mine = new SessionReader(analytics, Id);
        var other = _other ?? (StreamId.IsValidId(Cmp) && Cmp != Id ? new SessionReader(analytics, Cmp!) : null);
        await TryAsync(async () =>
        {
            await privacy.ReadAsync();
            await mine.OpenAsync(Show);
            await (other?.OpenAsync(null) ?? Task.CompletedTask);
        });
        if (_loaded != (Id, Show, Cmp))
            return;
        (_reader, _other) = (mine, other);
        if (_chosen is { } turn)
            await TryAsync(() => mine.OpenFromAsync(turn));
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        _subscription ??= Subscribe(Id);
        _otherSubscription ??= _other is null ? null : Subscribe(_other.Id);
        if (_reader is null)
            return;
        // Who was away, or is told nothing because too many parts of the project are watched, looks by themselves.
        var blind = back || (_subscription.Refusal is not null && Time.GetElapsedTime(_readAt) >= Patience);
        if (Interlocked.Exchange(ref _dirty, 0) != 0 || blind || _failed)
            await ReadAsync();
        else if (_reader.Running)
            StateHasChanged();
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Unsubscribe();
        return ValueTask.CompletedTask;
    }

    private LiveSubscription Subscribe(string session) =>
        live.Subscribe(new LiveScope(Info!.Id, LiveScopeKind.Session, session), () => Interlocked.Exchange(ref _dirty, 1));

    private void Unsubscribe() => (_subscription, _otherSubscription) = (Dropped(_subscription), Dropped(_otherSubscription));

    private static LiveSubscription? Dropped(LiveSubscription? subscription)
    {
        subscription?.Dispose();
        return null;
    }

    private async Task ReadAsync()
    {
        _readAt = Time.GetTimestamp();
        var (mine, other) = (_reader, _other);
        await TryAsync(async () =>
        {
            await (mine?.FollowAsync() ?? Task.CompletedTask);
            await (other?.FollowAsync() ?? Task.CompletedTask);
        });
        StateHasChanged();
    }

    // What could not be read is tried again with the next beat; what is shown stays.
    private async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
        }
    }

    private Task EarlierAsync(SessionReader reader) => OpenFromAsync(reader, reader.Before + Math.Max(1, reader.Closed - SessionReader.Step + 1));

    private Task OpenWholeAsync(SessionReader reader) => OpenFromAsync(reader, reader.Before + 1);

    private async Task OpenFromAsync(SessionReader reader, int turn)
    {
        await TryAsync(() => reader.OpenFromAsync(turn));
        StateHasChanged();
    }

    private async Task ChooseAsync(int number)
    {
        if (_reader is not { } reader)
            return;
        await TryAsync(() => reader.OpenFromAsync(number));
        Navigation.NavigateTo(Address(Show, number, Cmp), replace: true);
    }

    private Task StepAsync(int by) => _reader?.Turns is { Count: > 0 } turns
        ? ChooseAsync(Math.Clamp((_chosen ?? (by > 0 ? turns[0].Number - 1 : turns[^1].Number + 1)) + by, turns[0].Number, turns[^1].Number))
        : Task.CompletedTask;

    private Task NextTroubleAsync()
    {
        var troubled = _reader?.Turns?.Where(t => t.Marks != TurnMarks.None).ToList() ?? [];
        return (troubled.Find(t => t.Number > (_chosen ?? 0)) ?? troubled.FirstOrDefault()) is { } turn ? ChooseAsync(turn.Number) : Task.CompletedTask;
    }

    private Task OpenTraceAsync()
    {
        if (_reader?.Turns?.FirstOrDefault(t => t.Number == _chosen) is { } turn)
            Navigation.NavigateTo(ProjectPath.Trace(Info!.Id, turn.Trace.Id));
        return Task.CompletedTask;
    }

    private Task Toggle(Side side)
    {
        _side = _side == side ? Side.None : side;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void GoShow(string? name) => Navigation.NavigateTo(Address(string.IsNullOrEmpty(name) ? null : name, _chosen, Cmp));

    private string CompareAddress(string? other) => Address(Show, _chosen, other);

    private string UserAddress(string user) => Keep(ProjectPath.User(Info!.Id, user));

    private string Address(string? show, int? turn, string? other)
    {
        var query = string.Join('&', new[]
        {
            show is null ? null : $"show={Uri.EscapeDataString(show)}",
            turn is null ? null : $"turn={turn}",
            string.IsNullOrEmpty(other) ? null : $"cmp={Uri.EscapeDataString(other)}",
        }.OfType<string>());
        var path = ProjectPath.Session(Info!.Id, Id);
        return Keep(query.Length == 0 ? path : $"{path}?{query}");
    }

    private static string CostTitle(TraceGroup totals) =>
        $"in {Format.ExactCost(totals.InputCostUsd ?? 0)} · out {Format.ExactCost(totals.OutputCostUsd ?? 0)}";
}
