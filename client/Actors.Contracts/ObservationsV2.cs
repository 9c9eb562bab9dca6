using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A page of observations (the contract's second version).</summary>
/// <param name="Data">Objects that hold the groups of fields asked for.</param>
/// <param name="Meta">Where the next page begins.</param>
public sealed record ObservationsV2Body(IReadOnlyList<RawJson> Data, CursorMeta Meta);

/// <summary>Where the next page begins.</summary>
/// <param name="Cursor">To be handed back as it is; left out on the last page.</param>
public sealed record CursorMeta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cursor);

/// <summary>What the cursor of observations holds.</summary>
/// <param name="LastStartTimeTo">The start of the last observation.</param>
/// <param name="LastTraceId">Its trace.</param>
/// <param name="LastId">Its id.</param>
public sealed record ObservationCursorBody(DateTimeOffset LastStartTimeTo, string LastTraceId, string LastId);
