using Actors.Access;
using Actors.Storage.Postgres;
using Actors.Testing.Postgres;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

public sealed class StorageServicesTests(PostgresServer server) : IDisposable
{
    private readonly TempDirectory _temp = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_open_after_the_start_and_closed_after_disposal()
    {
        var data = Path.Combine(_temp.Path, "made", "by", "us");
        for (var i = 0; i < 2; i++)
        {
            await using var services = Build(("Actors:DataDirectory", data));
            await Startup(services).StartingAsync(Ct);

            Assert.NotEqual(Guid.Empty, services.GetRequiredService<IEventLog>().LogId);
            Assert.Empty(await services.GetRequiredService<IProjectDirectory>().ListAsync(Ct));
            Assert.True(File.Exists(Path.Combine(data, "events.db")));
            Assert.True(File.Exists(Path.Combine(data, "control.db")));
        }
    }

    [Fact]
    public async Task With_PostgreSQL_the_log_is_in_the_database_and_not_in_the_directory()
    {
        var database = await server.CreateDatabaseAsync(Ct);
        await using var services = Build(
            ("Actors:DataDirectory", _temp.Path), ("Actors:Storage", "postgres"), ("Actors:Postgres:ConnectionString", database));

        var log = Assert.IsType<PostgresEventLog>(services.GetRequiredService<IEventLog>());

        Assert.Same(log, services.GetRequiredService<IAppendBacklog>());
        Assert.Equal(0, await log.GetHeadAsync(new ProjectId("p"), Ct));
        Assert.False(File.Exists(Path.Combine(_temp.Path, "events.db")));
    }

    [Theory]
    [InlineData("Actors:Storage", "mysql", "Set it to 'sqlite' or 'postgres'")]
    [InlineData("Actors:Storage", "postgres", "Actors:Postgres:ConnectionString is missing")]
    [InlineData("Actors:SharedDirectory", "a\0b", "Actors:SharedDirectory is not a path")]
    [InlineData("Actors:DataDirectory", " ", "Actors:DataDirectory")]
    [InlineData("Actors:EventLog:MaxQueuedRows", "0", "Actors:EventLog:MaxQueuedRows")]
    [InlineData("Actors:EventLog:MaxReadConnections", "0", "Actors:EventLog:MaxReadConnections")]
    [InlineData("Actors:EventLog:AnswerTimeout", "00:00:00.5", "Actors:EventLog:AnswerTimeout")]
    [InlineData("Actors:EventLog:HeadPollInterval", "00:00:00", "Actors:EventLog:HeadPollInterval")]
    [InlineData("Actors:EventLog:MaxBatchBytes", "200000000", "MaxBatchBytes is larger than MaxQueuedBytes")]
    public async Task A_wrong_setting_is_refused_with_its_name(string key, string value, string expected)
    {
        await using var services = Build(("Actors:DataDirectory", _temp.Path), (key, value));

        var e = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private static IHostedLifecycleService Startup(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single();

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Reverse().DistinctBy(s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddActorsStorage()
            .BuildServiceProvider();
    }
}
