using Actors.Contracts;
using Actors.Prompts;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Prompts;

/// <summary>Fills in the ids of the prompts that observations name. A prompt that does not exist has none.</summary>
internal static class PromptLinks
{
    public static async ValueTask<IReadOnlyList<ObservationBody>> LinkAsync(
        this IPromptStore prompts, HttpContext context, IReadOnlyList<ObservationBody> observations)
    {
        HashSet<PromptKey>? keys = null;
        foreach (var observation in observations)
        {
            if (KeyOf(observation) is { } key)
            {
                (keys ??= []).Add(key);
            }
        }

        if (keys is null)
        {
            return observations;
        }

        var ids = await prompts.FindIdsAsync(context.GetProject(), keys, context.RequestAborted);
        return [.. observations.Select(o => KeyOf(o) is { } key ? o with { PromptId = ids.GetValueOrDefault(key) } : o)];
    }

    /// <summary>The ids of the prompts that observations name.</summary>
    public static async ValueTask<IReadOnlyDictionary<PromptKey, string>> FindIdsAsync(
        this IPromptStore prompts, HttpContext context, IReadOnlyList<ObservationRecord> observations)
    {
        HashSet<PromptKey> keys = [.. observations.Select(KeyOf).OfType<PromptKey>()];
        return await prompts.FindIdsAsync(context.GetProject(), keys, context.RequestAborted);
    }

    /// <summary>The prompt that an observation names; null: none.</summary>
    public static PromptKey? KeyOf(ObservationRecord observation) =>
        observation is { PromptName: { } name, PromptVersion: { } version } ? new PromptKey(name, version) : null;

    private static PromptKey? KeyOf(ObservationBody observation) =>
        observation is { PromptName: { } name, PromptVersion: { } version } ? new PromptKey(name, version) : null;
}
