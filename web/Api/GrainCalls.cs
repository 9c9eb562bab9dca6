using System.Globalization;
using Actors.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Messaging;

namespace Actors.Web.Api;

/// <summary>Calls to grains that survive the loss of a silo.</summary>
internal static class GrainCalls
{
    /// <summary>Says that an answer lacks rows, because the read model is being built: <c>partial; watermark=12; head=34</c>.</summary>
    public const string ReadModelHeader = "Actors-Read-Model";

    /// <summary>
    /// Whether trying again may help: the next call finds the grain's new home. That nobody answered in time is one of them; a
    /// question that was too much is answered with <see cref="QueryTooLongException"/>.
    /// </summary>
    public static bool IsPassing(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException
            or ClientNotAvailableException or OperationCanceledException or TimeoutException;

    /// <summary>Makes a call that only reads, and says to the caller when the answer is not whole.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> call, HttpContext context)
    {
        var answer = await RepeatAsync(call, context);
        if (answer is IReadModelAnswer partial && partial.IsPartial())
        {
            context.Response.Headers[ReadModelHeader] =
                string.Create(CultureInfo.InvariantCulture, $"partial; watermark={partial.Watermark}; head={partial.Head}");
        }

        return answer;
    }

    /// <summary>Makes a call that does no harm when it is made twice.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> call, HttpContext context)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var pace = new RetryPace(time);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsPassing(e) && pace.IsWorthIt)
            {
                await pace.WaitAsync(context.RequestAborted);
            }
        }
    }
}
