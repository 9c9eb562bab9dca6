// Shows the live numbers of a project in a terminal, by model, until Ctrl+C.
//   ACTORS_BASE_URL=http://localhost:3000 LANGFUSE_PUBLIC_KEY=pk-… LANGFUSE_SECRET_KEY=sk-… dotnet run [filter]

using System.Text;
using Actors.Contracts;
using Actors.Samples.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Spectre.Console;

var key = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Setting("LANGFUSE_PUBLIC_KEY")}:{Setting("LANGFUSE_SECRET_KEY")}"));
await using var hub = new HubConnectionBuilder()
    .WithUrl(new Uri(new Uri(Setting("ACTORS_BASE_URL")), "/hubs/live"), options => options.Headers["Authorization"] = "Basic " + key)
    .Build();

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var subscribe = new LiveSubscribe { Filter = args.FirstOrDefault(), Windows = ["1m", "5m"], By = ["model"], Rate = 2 };
var numbers = new LiveNumbers();
var table = new LiveTable(AnsiConsole.Console);
while (!stop.IsCancellationRequested)
{
    try
    {
        if (hub.State == HubConnectionState.Disconnected)
        {
            await hub.StartAsync(stop.Token);
        }

        // A stream ends with its connection. The next one begins with a snapshot, so nothing is carried over.
        await foreach (var message in hub.StreamAsync<LiveMessage>("Watch", subscribe, stop.Token))
        {
            if (message is LiveEndMessage end)
            {
                table.Say(end.Message);
                return 1;
            }

            numbers.Apply(message);
            table.Show(numbers);
        }
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        break;
    }
    catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
    {
        table.Say($"The server does not answer ({e.Message}); trying again.");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

return 0;

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Set {name}.");
