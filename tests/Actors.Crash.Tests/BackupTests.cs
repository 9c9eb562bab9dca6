using System.Security.Cryptography;

namespace Actors.Crash;

/// <summary>
/// A backup of a server that is written to all the time becomes a server with every event that was acknowledged before. One
/// that a kill interrupts leaves nothing that looks whole.
/// </summary>
public sealed class BackupTests : IDisposable
{
    private const string Path = "/api/admin/actors/backups";
    private const int Kills = 2;

    private readonly ScratchDirectory _scratch = new();
    private readonly ITestOutputHelper _output;
    private readonly SiloStart _start;

    public BackupTests(ITestOutputHelper output)
    {
        _output = output;
        _start = new SiloStart { DataDirectory = _scratch.Combine("data"), Keys = ProjectKeys.New("backup"), Environment = Administrator.Variables };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Backups => _scratch.Combine("data", "backups");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_backup_of_a_server_under_load_becomes_a_server_with_all_that_was_acknowledged_before()
    {
        string taken;
        var load = new Load(round: 1, []);
        Dictionary<Story, int> before;
        await using (var silo = await SiloProcess.StartAsync(_start, Cancel))
        {
            using var over = new CancellationTokenSource();
            var running = load.RunAsync(_ => new OneServer(new SiloClient(silo.Address, silo.Start.Keys!)), over.Token);
            await Eventually.GetAsync(
                "a load", TimeSpan.FromSeconds(30), () => Task.FromResult(load.Stories.Sum(s => s.Acknowledged)), told => told >= 60, Cancel);
            before = load.Stories.ToDictionary(s => s, s => s.Acknowledged);
            taken = (string)(await TakeAsync(silo)).Json["path"]!;
            await over.CancelAsync();
            await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        }

        AssertWhole(taken);
        await using var restored = await SiloProcess.StartAsync(_start with { DataDirectory = taken }, Cancel);
        var found = await Restored.FindAllAsync(restored.Client, load, before, Cancel);

        // The columns are built anew, and say what the log says.
        var audit = new Audit(restored.Client, Cancel);
        await audit.TracesAsync(Load.NameOf(1), found);
        await audit.MetricsAsync(found);
        _output.WriteLine($"seed {Seed.OfThisRun}: {before.Values.Sum()} requests acknowledged before the backup, {load.Stories.Sum(s => s.Acknowledged)} in the end");
    }

    [Fact]
    public async Task A_backup_that_is_killed_leaves_nothing_that_looks_whole()
    {
        // Enough to copy that a kill meets it.
        var files = Directory.CreateDirectory(_scratch.Combine("data", "media", "of-a-project")).FullName;
        for (var i = 0; i < 30; i++)
        {
            await File.WriteAllBytesAsync(System.IO.Path.Combine(files, $"{i}"), RandomNumberGenerator.GetBytes(4 << 20), Cancel);
        }

        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var silo = await SiloProcess.StartAsync(_start, Cancel);
            var taking = TakeAsync(silo);
            await Task.Delay(TimeSpan.FromMilliseconds(Seed.For(kill, 0).Next(20, 120)), TimeProvider.System, Cancel);
            await silo.KillAsync();
            await Record.ExceptionAsync(() => taking);
            foreach (var left in Directory.Exists(Backups) ? Directory.GetDirectories(Backups) : [])
            {
                if (System.IO.Path.GetFileName(left).StartsWith('.'))
                {
                    interrupted++;
                }
                else
                {
                    AssertWhole(left);
                }
            }
        }

        await using var last = await SiloProcess.StartAsync(_start, Cancel);
        AssertWhole((string)(await TakeAsync(last)).Json["path"]!);
        Assert.DoesNotContain(Directory.GetDirectories(Backups), d => System.IO.Path.GetFileName(d).StartsWith('.'));
        _output.WriteLine($"seed {Seed.OfThisRun}: {interrupted} of {Kills} kills met the backup");
        Assert.True(interrupted > 0, $"No kill met a backup: repeat with ACTORS_SEED={Seed.OfThisRun}.");
    }

    private static async Task<Answer> TakeAsync(SiloProcess silo)
    {
        using var administrator = new SiloClient(silo.Address, null);
        administrator.Http.DefaultRequestHeaders.Authorization = new("Bearer", Administrator.AdminKey);
        var answer = await administrator.PostAsync(Path, default, cancellationToken: Cancel);
        Assert.True(answer.Code == 201, answer.ToString());
        return answer;
    }

    private static void AssertWhole(string backup)
    {
        var lines = File.ReadAllLines(System.IO.Path.Combine(backup, "SHA256SUMS"));
        var there = Directory.GetFiles(backup, "*", SearchOption.AllDirectories).Length - 1;
        Assert.Equal(there, lines.Length);
        foreach (var line in lines)
        {
            using var file = File.OpenRead(System.IO.Path.Combine(backup, line[66..]));
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(file)));
        }
    }
}
