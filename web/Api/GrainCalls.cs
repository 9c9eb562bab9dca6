using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Api;

/// <summary>Calls to grains that survive the loss of a silo.</summary>
internal static class GrainCalls
{
    private const int MaxAttempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether trying again may help: the next call finds the grain's new home.</summary>
    public static bool IsPassing(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException;

    /// <summary>Makes a call that only reads.</summary>
    public static Task<T> ReadAsync<T>(Func<Task<T>> call, HttpContext context) => RepeatAsync(call, context);

    /// <summary>Makes a call that does no harm when it is made twice.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> call, HttpContext context)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsPassing(e) && attempt < MaxAttempts)
            {
                await Task.Delay(pause, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
                pause *= 2;
            }
        }
    }
}
