using Actors.Storage.Datasets.Schemas;

namespace Actors.Storage.Datasets;

/// <summary>The schemas of a dataset, read once for many items.</summary>
internal sealed class ItemSchemas(string? inputSchema, string? expectedOutputSchema)
{
    private readonly JsonSchema? _input = Parse(inputSchema);
    private readonly JsonSchema? _expectedOutput = Parse(expectedOutputSchema);

    /// <summary>Whether these are the schemas in these texts.</summary>
    public bool Are(string? input, string? expectedOutput) => inputSchema == input && expectedOutputSchema == expectedOutput;

    /// <summary>Whether any item fits.</summary>
    public bool AllowAll => _input is null && _expectedOutput is null;

    /// <summary>Why an item does not fit; null: it does. A value that is missing counts as null.</summary>
    public string? Problem(string? input, string? expectedOutput)
    {
        string[] faults =
        [
            .. (_input?.Check(input) ?? []).Select(f => "input " + f),
            .. (_expectedOutput?.Check(expectedOutput) ?? []).Select(f => "expectedOutput " + f),
        ];
        return faults.Length == 0 ? null : string.Join("; ", faults);
    }

    private static JsonSchema? Parse(string? schema) => schema is null
        ? null
        : JsonSchema.Parse(schema, out var problem) ?? throw new InvalidOperationException($"A stored schema {problem}.");
}
