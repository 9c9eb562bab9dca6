using Actors.Contracts;
using Actors.Datasets;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Turns items into what crosses the wire.</summary>
internal static class DatasetItemMapper
{
    public static Task<IReadOnlyList<DatasetItemBody>> MapAsync(HttpContext context, IReadOnlyList<DatasetItemRecord> items) =>
        Task.FromResult<IReadOnlyList<DatasetItemBody>>([.. items.Select(i => i.ToWire([]))]);
}
