using Actors.Contracts;

namespace Actors.Web.Api.OpenApi;

/// <summary>Routes about one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Note">What the thing is.</param>
internal sealed record ApiSubject(string Name, string Note)
{
    public string Prefix { get; init; } = "/api/public";

    public ApiAccess Access { get; init; } = ApiAccess.Project;

    /// <summary>The bodies that say what is wrong.</summary>
    public IReadOnlyList<Type> Problems { get; init; } = [typeof(ErrorBody)];

    public required IReadOnlyList<ApiOperation> Operations { get; init; }

    /// <summary>The operations with their whole paths and their keys.</summary>
    public IReadOnlyList<ApiOperation> Whole => [.. Operations.Select(o => o.Under(Prefix, Access))];
}
