using Orleans.Storage;

namespace Actors.Storage.Clustering;

/// <summary>The state of an actor has one writer: who has read an older one is refused.</summary>
public sealed class GrainStateTests(OneSiloOnPostgres silo) : IClassFixture<OneSiloOnPostgres>
{
    private const string Type = "State";

    private static int _ids;

    private readonly GrainId _id = GrainId.Create("kept", $"a/long-{Interlocked.Increment(ref _ids)}/key");

    [Fact]
    public async Task A_state_is_there_again_with_the_version_of_its_last_write()
    {
        var state = await ReadAsync();
        Assert.Equal((false, null), (state.RecordExists, state.ETag));

        state.State!.Text = "first";
        await WriteAsync(state);
        state.State!.Text = "second";
        await WriteAsync(state);

        var again = await ReadAsync();
        Assert.Equal((true, state.ETag, "second"), (again.RecordExists, again.ETag, again.State!.Text));
    }

    [Fact]
    public async Task Of_two_first_writers_one_is_refused()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync()));

        var outcomes = await Task.WhenAll(states.Select(TryWriteAsync));

        Assert.Single(outcomes, isWritten => isWritten);
    }

    [Fact]
    public async Task Of_two_writers_of_the_same_version_one_is_refused()
    {
        await WriteAsync(await ReadAsync());
        var states = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync()));

        var outcomes = await Task.WhenAll(states.Select(TryWriteAsync));

        Assert.Single(outcomes, isWritten => isWritten);
    }

    [Fact]
    public async Task A_cleared_state_is_gone_and_may_be_written_anew()
    {
        var state = await ReadAsync();
        state.State!.Text = "gone";
        await WriteAsync(state);
        await silo.States.ClearStateAsync(Type, _id, state);

        var cleared = await ReadAsync();
        Assert.Equal((false, ""), (cleared.RecordExists, cleared.State!.Text));

        await WriteAsync(cleared);
        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task An_older_reader_cannot_clear()
    {
        var state = await ReadAsync();
        await WriteAsync(state);
        var older = await ReadAsync();
        await WriteAsync(state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.States.ClearStateAsync(Type, _id, older));
        Assert.True((await ReadAsync()).RecordExists);
    }

    private async Task<GrainState<Kept>> ReadAsync()
    {
        var state = new GrainState<Kept>(new Kept());
        await silo.States.ReadStateAsync(Type, _id, state);
        return state;
    }

    private Task WriteAsync(GrainState<Kept> state) => silo.States.WriteStateAsync(Type, _id, state);

    private async Task<bool> TryWriteAsync(GrainState<Kept> state)
    {
        try
        {
            await WriteAsync(state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>What is kept.</summary>
    [GenerateSerializer]
    public sealed class Kept
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }
}
