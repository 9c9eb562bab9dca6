using Actors.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Api;

/// <summary>
/// Calls to a project's read model. A long query is waited for as long as its silo shows signs of life: one that stands still, or
/// through which the call went, would else hold the caller for as long as the longest query may take.
/// </summary>
internal static class ReadModelCalls
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>Asks, again where nobody answers, and says to the caller when the answer is not whole.</summary>
    public static Task<T> ReadAsync<T>(this IAnalyticsGrain model, Func<IAnalyticsGrain, Task<T>> read, HttpContext context)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        return GrainCalls.ReadAsync(() => WatchAsync(model, read(model), time), context);
    }

    private static async Task<T> WatchAsync<T>(IAnalyticsGrain model, Task<T> answer, TimeProvider time)
    {
        // Whichever is not waited for to its end may still fail.
        answer.Ignore();
        while (!await ComesAsync(answer, time))
        {
            var sign = model.PingAsync();
            sign.Ignore();
            if (await Task.WhenAny(answer, sign) == sign)
            {
                await sign;
            }
        }

        return await answer;
    }

    private static async Task<bool> ComesAsync(Task answer, TimeProvider time)
    {
        using var over = new CancellationTokenSource();
        var isOver = Task.Delay(Quiet, time, over.Token);
        var comes = await Task.WhenAny(answer, isOver) == answer;
        await over.CancelAsync();
        return comes;
    }
}
