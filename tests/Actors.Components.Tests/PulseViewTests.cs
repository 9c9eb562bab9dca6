using Actors.Queries;

namespace Actors.Components;

public sealed class PulseViewTests
{
    private static readonly Pulse Pulse = new(
        TimeSpan.FromMinutes(1),
        [
            new(Sample.T0, 5, 2, 100, 300, 0.5m, new PulsePoint("t1", null, 900)),
            new(Sample.T0.AddMinutes(2), 1, 0, null, null, null, null),
        ]);

    [Theory]
    [InlineData(3_600, 60)]
    [InlineData(86_400, 1_800)]
    [InlineData(604_800, 7_200)]
    [InlineData(60, 1)]
    [InlineData(34_560_000, 604_800)]
    public void Buckets_are_round_and_about_ninety(int range, int step) =>
        Assert.Equal(TimeSpan.FromSeconds(step), PulseView.StepOf(TimeSpan.FromSeconds(range)));

    [Fact]
    public void Rows_without_and_with_errors_add_up_and_an_empty_step_counts_none()
    {
        var frame = PulseView.Frame(PulseKind.Count, Pulse, Sample.T0, Sample.T0.AddMinutes(3));

        double at = Sample.T0.ToUnixTimeMilliseconds();
        Assert.Equal([[at, 3, 2], [at + 60_000, 0, 0], [at + 120_000, 1, 0]], frame.Rows);
        Assert.True(frame.Reset);
    }

    [Fact]
    public void A_step_without_rows_has_no_latency()
    {
        var frame = PulseView.Frame(PulseKind.Latency, Pulse, Sample.T0, Sample.T0.AddMinutes(2));

        double at = Sample.T0.ToUnixTimeMilliseconds();
        Assert.Equal([[at, 100, 300, 900], [at + 60_000, null, null, null]], frame.Rows);
        Assert.Equal("slowest", frame.Series[PulseView.SlowestSeries]);
    }

    [Fact]
    public void A_range_that_begins_within_a_step_begins_with_that_step() =>
        Assert.Equal(Sample.T0.ToUnixTimeMilliseconds(), PulseView.Frame(PulseKind.Cost, Pulse, Sample.T0.AddSeconds(30), Sample.T0.AddMinutes(1)).Rows[0][0]);
}
