namespace Actors.Web.Api.Experiments;

/// <summary>Which parts of experiments a caller wants beside the core (langfuse-api §10, parameter <c>fields</c>).</summary>
[Flags]
internal enum ExperimentFieldGroups
{
    Core = 0,
    Metadata = 1,
    Scores = 2,
}

/// <summary>Which parts of items a caller wants beside the core.</summary>
[Flags]
internal enum ExperimentItemFieldGroups
{
    Core = 0,
    Dataset = 1,
    Io = 2,
    Metadata = 4,
    ItemMetadata = 8,
    ExperimentMetadata = 16,
    Scores = 32,
}
