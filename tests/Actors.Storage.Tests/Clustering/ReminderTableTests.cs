namespace Actors.Storage.Clustering;

/// <summary>Reminders are found by their actor, by their name and by the part of the ring that a silo looks after.</summary>
public sealed class ReminderTableTests(OneSiloOnPostgres silo) : IClassFixture<OneSiloOnPostgres>
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);

    private static int _ids;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly GrainId _id = GrainId.Create("reminded", $"project/{Interlocked.Increment(ref _ids)}");

    [Fact]
    public async Task A_reminder_is_read_back_as_it_was_written()
    {
        // Longer than an integer of milliseconds.
        var period = TimeSpan.FromDays(40);
        var version = await silo.Reminders.UpsertRow(Entry("daily", period), Cancel);

        var read = await silo.Reminders.ReadRow(_id, "daily", Cancel);

        Assert.Equal((_id, "daily", Noon, period, version), (read!.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Null(await silo.Reminders.ReadRow(_id, "other", Cancel));
    }

    [Fact]
    public async Task An_actor_has_its_own_reminders_only()
    {
        await silo.Reminders.UpsertRow(Entry("a"), Cancel);
        await silo.Reminders.UpsertRow(Entry("b"), Cancel);
        await silo.Reminders.UpsertRow(new ReminderEntry
        {
            GrainId = GrainId.Create("reminded", "somebody-else"), ReminderName = "a", StartAt = Noon, Period = TimeSpan.FromHours(1),
        }, Cancel);

        Assert.Equal(["a", "b"], (await silo.Reminders.ReadRows(_id, Cancel)).Reminders.Select(r => r.ReminderName).Order());
    }

    [Fact]
    public async Task A_reminder_that_was_changed_or_made_again_is_not_removed_by_its_old_version()
    {
        var first = await silo.Reminders.UpsertRow(Entry("daily"), Cancel);
        var second = await silo.Reminders.UpsertRow(Entry("daily", TimeSpan.FromHours(2)), Cancel);

        Assert.False(await silo.Reminders.RemoveRow(_id, "daily", first!, Cancel));
        Assert.True(await silo.Reminders.RemoveRow(_id, "daily", second!, Cancel));
        await silo.Reminders.UpsertRow(Entry("daily"), Cancel);
        Assert.False(await silo.Reminders.RemoveRow(_id, "daily", first!, Cancel));
        Assert.False(await silo.Reminders.RemoveRow(_id, "daily", second!, Cancel));
    }

    [Fact]
    public async Task Each_part_of_the_ring_finds_what_lies_on_it_and_the_parts_find_everything_once()
    {
        for (var i = 0; i < 40; i++)
        {
            await silo.Reminders.UpsertRow(new ReminderEntry
            {
                GrainId = GrainId.Create("ring", $"{_id.Key}-{i}"), ReminderName = "r", StartAt = Noon, Period = TimeSpan.FromHours(1),
            }, Cancel);
        }

        var found = new List<string>();
        foreach (var (begin, end) in new[] { (0u, 0x4000_0000u), (0x4000_0000u, 0xA000_0000u), (0xA000_0000u, 0xF000_0000u), (0xF000_0000u, 0u) })
        {
            found.AddRange((await silo.Reminders.ReadRows(begin, end, Cancel)).Reminders.Select(r => r.GrainId.ToString()).Where(g => g.StartsWith($"ring/{_id.Key}-", StringComparison.Ordinal)));
        }

        Assert.Equal(40, found.Count);
        Assert.Equal(40, found.Distinct().Count());
    }

    private ReminderEntry Entry(string name, TimeSpan? period = null) =>
        new() { GrainId = _id, ReminderName = name, StartAt = Noon, Period = period ?? TimeSpan.FromHours(1) };
}
