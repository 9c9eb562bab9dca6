namespace Actors.Analytics.Bases;

/// <summary>One log, and silos that see one folder of bases, each with a data directory of its own.</summary>
internal sealed class BaseWorld : IAsyncDisposable
{
    public const int Taken = 3041;
    public const int Damaged = 3042;
    public const int Foreign = 3043;
    public const int Unknown = 3044;

    private readonly List<TestReadModel> _models = [];
    private int _silos;

    public TestLog Log { get; } = new();

    public BaseOptions Options => new()
    {
        Directory = Path.Combine(Log.Directory, "read-models"), LeaveAfterRows = 10, TakeFromRows = 1, ForgetWithin = TimeSpan.FromHours(1),
    };

    public BaseDirectory Bases => new(Path.Combine(Options.Directory, TestLog.Project.Value));

    public string FolderOf(long position) => Path.Combine(Options.Directory, TestLog.Project.Value, $"{position}");

    /// <summary>A silo that has no file of the project.</summary>
    public TestReadModel NewSilo()
    {
        var silo = new TestReadModel(Log, Path.Combine(Log.Directory, $"silo-{++_silos}"), bases: Options);
        _models.Add(silo);
        return silo;
    }

    /// <summary>Has a silo leave a base of all that is in the log.</summary>
    public static async Task LeaveAsync(TestReadModel silo)
    {
        await silo.ListAsync();
        await silo.Models.LeaveBasesAsync(isLast: true, TestContext.Current.CancellationToken);
    }

    /// <summary>All that the file of a new silo holds, after it has come to what is expected of it.</summary>
    public async Task<string> DumpOfNextOwnerAsync(int expectedEvent)
    {
        var silo = NewSilo();
        silo.Analytics.Follow(TestLog.Project, long.MaxValue);
        await silo.WhenSaidAsync(expectedEvent);
        return await silo.DumpAsync();
    }

    /// <summary>All that a file holds which was built from the log alone.</summary>
    public async Task<string> DumpOfLogAsync()
    {
        await using var rebuilt = new TestReadModel(Log, Path.Combine(Log.Directory, $"rebuilt-{++_silos}"));
        return await rebuilt.DumpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var model in _models)
        {
            await model.DisposeAsync();
        }

        await Log.DisposeAsync();
    }
}
