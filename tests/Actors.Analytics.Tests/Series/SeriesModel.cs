using Actors.Queries;

namespace Actors.Analytics.Series;

/// <summary>A read model of <see cref="SeriesTraffic"/> and the oracle of it, which all tests of a class ask and none changes.</summary>
public sealed class SeriesModel : IAsyncLifetime
{
    private TestReadModel _model = null!;

    internal TestLog Log { get; } = new();

    internal IAnalytics Analytics => _model.Analytics;

    internal SeriesOracle Oracle { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await new SeriesTraffic(Log, seed: 4).AppendAsync(600);
        _model = new TestReadModel(Log);
        Oracle = new SeriesOracle(await Truth.OfAsync(Log));
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await Log.DisposeAsync();
    }
}
