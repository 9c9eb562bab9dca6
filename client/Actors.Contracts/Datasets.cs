namespace Actors.Contracts;

/// <summary>What all forms of a dataset say.</summary>
public abstract record DatasetFields
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>Its name; slashes make folders of it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Any value or null.</summary>
    public RawJson Metadata { get; init; } = RawJson.Null;

    /// <summary>The JSON Schema that inputs fit, or null.</summary>
    public RawJson InputSchema { get; init; } = RawJson.Null;

    /// <summary>The JSON Schema that expected outputs fit, or null.</summary>
    public RawJson ExpectedOutputSchema { get; init; } = RawJson.Null;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A dataset.</summary>
public sealed record DatasetBody : DatasetFields;

/// <summary>A dataset in the oldest form of the list.</summary>
public sealed record DatasetNamesBody : DatasetFields
{
    /// <summary>The ids of its active items.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>The names of its runs.</summary>
    public required IReadOnlyList<string> Runs { get; init; }
}

/// <summary>A dataset with its items, in the oldest form.</summary>
public sealed record DatasetDetailBody : DatasetFields
{
    /// <summary>Its active items.</summary>
    public required IReadOnlyList<DatasetItemBody> Items { get; init; }

    /// <summary>The names of its runs.</summary>
    public required IReadOnlyList<string> Runs { get; init; }
}

/// <summary>An item of a dataset.</summary>
public sealed record DatasetItemBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its dataset.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The name of its dataset.</summary>
    public required string DatasetName { get; init; }

    /// <summary><c>ACTIVE</c> or <c>ARCHIVED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Any value or null.</summary>
    public RawJson Input { get; init; } = RawJson.Null;

    /// <summary>Any value or null.</summary>
    public RawJson ExpectedOutput { get; init; } = RawJson.Null;

    /// <summary>Any value or null.</summary>
    public RawJson Metadata { get; init; } = RawJson.Null;

    /// <summary>The trace it was taken from.</summary>
    public string? SourceTraceId { get; init; }

    /// <summary>The observation it was taken from.</summary>
    public string? SourceObservationId { get; init; }

    /// <summary>When its first version was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The files that its values refer to and that are there.</summary>
    public required IReadOnlyList<MediaReferenceBody> MediaReferences { get; init; }
}

/// <summary>A file that a value refers to.</summary>
/// <param name="Field"><c>input</c>, <c>expectedOutput</c> or <c>metadata</c>.</param>
/// <param name="ReferenceString">The reference as it stands in the value.</param>
/// <param name="JsonPath">Where the string with the reference stands in the field, for example <c>$['image']</c>.</param>
/// <param name="Media">The file.</param>
public sealed record MediaReferenceBody(string Field, string ReferenceString, string JsonPath, ReferencedMediaBody Media);

/// <summary>A file that a value refers to.</summary>
/// <param name="MediaId">Its id.</param>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="ContentLength">Its size in bytes.</param>
/// <param name="Url">Where to download it, without keys.</param>
/// <param name="UrlExpiry">Until when.</param>
public sealed record ReferencedMediaBody(string MediaId, string ContentType, long ContentLength, string Url, DateTimeOffset UrlExpiry);

/// <summary>What all forms of a run say.</summary>
public abstract record DatasetRunFields
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What was tried.</summary>
    public string? Description { get; init; }

    /// <summary>Any value or null.</summary>
    public RawJson Metadata { get; init; } = RawJson.Null;

    /// <summary>Its dataset.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The name of its dataset.</summary>
    public required string DatasetName { get; init; }

    /// <summary>When its first item was linked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A run of a dataset.</summary>
public sealed record DatasetRunBody : DatasetRunFields;

/// <summary>A run of a dataset with its links.</summary>
public sealed record DatasetRunDetailBody : DatasetRunFields
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<DatasetRunItemBody> DatasetRunItems { get; init; }
}

/// <summary>A link between an item and the trace of the work on it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DatasetRunId">The run.</param>
/// <param name="DatasetRunName">The name of the run.</param>
/// <param name="DatasetItemId">The item.</param>
/// <param name="TraceId">The trace.</param>
/// <param name="ObservationId">The observation, or null for the whole trace.</param>
/// <param name="CreatedAt">When it was linked.</param>
/// <param name="UpdatedAt">When it was stored.</param>
public sealed record DatasetRunItemBody(
    string Id,
    string DatasetRunId,
    string DatasetRunName,
    string DatasetItemId,
    string TraceId,
    string? ObservationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

