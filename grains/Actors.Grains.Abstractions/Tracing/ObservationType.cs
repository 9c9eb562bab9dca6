namespace Actors.Tracing;

/// <summary>The kinds of observation. The numbers are stored: never renumber.</summary>
public enum ObservationType
{
    /// <summary>A piece of work with a duration.</summary>
    Span = 0,

    /// <summary>A call of a model.</summary>
    Generation = 1,

    /// <summary>A moment without a duration.</summary>
    Event = 2,

    /// <summary>An agent that decides what to do next.</summary>
    Agent = 3,

    /// <summary>A call of a tool.</summary>
    Tool = 4,

    /// <summary>A link between steps.</summary>
    Chain = 5,

    /// <summary>A search for context.</summary>
    Retriever = 6,

    /// <summary>A judgement of an output.</summary>
    Evaluator = 7,

    /// <summary>A call of an embedding model.</summary>
    Embedding = 8,

    /// <summary>A check that protects against harm.</summary>
    Guardrail = 9,
}

/// <summary>The severity of an observation. The numbers are stored and ordered: never renumber.</summary>
public enum ObservationLevel
{
    /// <summary>Detail for developers.</summary>
    Debug = 0,

    /// <summary>The ordinary level.</summary>
    Default = 1,

    /// <summary>Something to look at.</summary>
    Warning = 2,

    /// <summary>Something failed.</summary>
    Error = 3,
}

/// <summary>How these enumerations are spelled on the wire.</summary>
public static class ObservationNames
{
    private static readonly string[] Types =
        ["SPAN", "GENERATION", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL"];

    private static readonly string[] Levels = ["DEBUG", "DEFAULT", "WARNING", "ERROR"];

    /// <summary>The wire name, for example <c>GENERATION</c>.</summary>
    public static string ToWire(this ObservationType type) => Types[(int)type];

    /// <summary>The wire name, for example <c>WARNING</c>.</summary>
    public static string ToWire(this ObservationLevel level) => Levels[(int)level];

    /// <summary>Reads a wire name of any case; null when it is none.</summary>
    public static ObservationType? ParseType(string? name) => IndexOf(Types, name) is >= 0 and var i ? (ObservationType)i : null;

    /// <summary>Reads a wire name of any case; null when it is none.</summary>
    public static ObservationLevel? ParseLevel(string? name) => IndexOf(Levels, name) is >= 0 and var i ? (ObservationLevel)i : null;

    /// <summary>Whether observations of this type call a model, and so count as requests with usage and cost.</summary>
    public static bool CallsModel(this ObservationType type) => type is ObservationType.Generation or ObservationType.Embedding;

    private static int IndexOf(string[] names, string? name) =>
        Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
}
