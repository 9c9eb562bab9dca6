using System.Globalization;

namespace Actors.Crash;

/// <summary>
/// Pictures inside of exported spans, through kills: whatever trace can be read, acknowledged or not, has its picture, also
/// while other traces that share it are deleted. When all traces are deleted, no picture is left.
/// </summary>
public sealed class PictureKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 3;
    private const int Writers = 4;

    private readonly ScratchDirectory _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task No_trace_is_ever_without_its_picture_and_no_picture_outlives_its_traces()
    {
        var start = new SiloStart { DataDirectory = _data.Path, Keys = ProjectKeys.New("pictures") };
        var traces = new List<PictureTrace>();
        var inDoubt = 0;
        try
        {
            var silo = await SiloProcess.StartAsync(start, Cancel);
            for (var round = 1; round <= Rounds; round++)
            {
                // The first export finds the server still compiling; the kill shall meet it at work.
                var first = new Writer(Seed.For(round, 99), round, number: 0);
                await first.WriteAsync(silo.Address, start.Keys!, most: 1);
                var writers = Enumerable.Range(1, Writers).Select(w => new Writer(Seed.For(round, 100 + w), round, w)).ToList();
                var running = Task.WhenAll(writers.Select(w => Task.Run(() => w.WriteAsync(silo.Address, start.Keys!, most: 200), Cancel)));
                await Task.Delay(TimeSpan.FromMilliseconds(Seed.For(round, 100).Next(200, 1500)), TimeProvider.System, Cancel);
                await silo.KillAsync();
                await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
                await silo.DisposeAsync();

                traces.AddRange(writers.Prepend(first).SelectMany(w => w.Traces));
                inDoubt += traces.Count(t => t.IsInDoubt);
                silo = await SiloProcess.StartAsync(start, Cancel);
                foreach (var trace in traces)
                {
                    await trace.CheckAsync(silo.Client);
                }
            }

            output.WriteLine($"seed {Seed.OfThisRun}: {traces.Count} traces, {traces.Count(t => t.IsStored)} of them there, {inDoubt} met a kill");
            foreach (var trace in traces)
            {
                Assert.True(await trace.DeleteAsync(silo.Client));
            }

            await silo.DisposeAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Repeat with ACTORS_SEED={Seed.OfThisRun}: {e.Message}", e);
        }

        Assert.True(inDoubt > 0, "No kill ever met a request under way: the load is too light to prove anything.");
        Assert.Empty(Directory.GetFiles(Path.Combine(_data.Path, "media"), "*", SearchOption.AllDirectories));
    }

    /// <summary>Exports traces, half of them with a picture that others have too, and deletes some, until the server is gone.</summary>
    private sealed class Writer(Random random, int round, int number)
    {
        private const int SharedPictures = 3;

        public List<PictureTrace> Traces { get; } = [];

        public async Task WriteAsync(Uri address, ProjectKeys keys, int most)
        {
            using var client = new SiloClient(address, keys);
            while (Traces.Count < most)
            {
                var trace = new PictureTrace(NewId(), Picture(random.Next(2) == 0 ? $"shared {random.Next(SharedPictures)}" : $"own {round} {number} {Traces.Count}"));
                Traces.Add(trace);
                if (!await trace.SendAsync(client))
                {
                    return;
                }

                if (random.Next(3) == 0 && Traces[random.Next(Traces.Count)] is { IsStored: true } doomed && !await doomed.DeleteAsync(client))
                {
                    return;
                }
            }
        }

        private string NewId() => string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}");

        private static byte[] Picture(string text) => [0x89, .. "PNG"u8, .. System.Text.Encoding.UTF8.GetBytes(text)];
    }
}
