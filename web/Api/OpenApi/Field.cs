namespace Actors.Web.Api.OpenApi;

/// <summary>What a <see cref="Field"/> holds.</summary>
internal enum FieldKind
{
    Text,
    Integer,
    Number,
    Flag,
    Time,

    /// <summary>Any JSON value.</summary>
    Json,

    /// <summary>An object with <see cref="Field.Fields"/>, or with keys of the caller's choice when there are none.</summary>
    Object,

    /// <summary>A list of objects with <see cref="Field.Fields"/>.</summary>
    Objects,

    /// <summary>A list of texts; as a query parameter it is repeated.</summary>
    Texts,

    /// <summary>A query parameter that holds a comma list.</summary>
    Csv,
}

/// <summary>A query parameter, or a property of a request's body. Endpoints read both by hand, so they are described by hand.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Note">What it means, where the name does not say so.</param>
internal sealed record Field(string Name, FieldKind Kind, string Note)
{
    public bool IsRequired { get; private init; }

    /// <summary>What holds when it is absent; null: nothing.</summary>
    public object? Fallback { get; private init; }

    /// <summary>The least value, length of a text, or number of items.</summary>
    public long? Min { get; private init; }

    /// <summary>The greatest value, length of a text, or number of items.</summary>
    public long? Max { get; private init; }

    /// <summary>The only values; empty: any.</summary>
    public IReadOnlyList<string> Options { get; private init; } = [];

    public IReadOnlyList<Field> Fields { get; private init; } = [];

    public Field Required() => this with { IsRequired = true };

    public Field Default(object value) => this with { Fallback = value };

    public Field Between(long? min, long? max) => this with { Min = min, Max = max };

    public Field UpTo(long max) => this with { Max = max };

    public Field OneOf(params IReadOnlyList<string> options) => this with { Options = options };

    public Field With(params IReadOnlyList<Field> fields) => this with { Fields = fields };
}

/// <summary>Makes fields; for <c>using static</c>.</summary>
internal static class Fields
{
    public static Field Text(string name, string note = "") => new(name, FieldKind.Text, note);

    public static Field Integer(string name, string note = "") => new(name, FieldKind.Integer, note);

    public static Field Number(string name, string note = "") => new(name, FieldKind.Number, note);

    public static Field Flag(string name, string note = "") => new(name, FieldKind.Flag, note);

    public static Field Time(string name, string note = "") => new(name, FieldKind.Time, note);

    public static Field Json(string name, string note = "") => new(name, FieldKind.Json, note);

    public static Field Object(string name, string note = "") => new(name, FieldKind.Object, note);

    public static Field Objects(string name, string note = "") => new(name, FieldKind.Objects, note);

    public static Field Texts(string name, string note = "") => new(name, FieldKind.Texts, note);

    public static Field Csv(string name, string note = "") => new(name, FieldKind.Csv, note);

    /// <summary>The parameters of a list that is paged by number.</summary>
    public static IReadOnlyList<Field> Paging(int limit = 50) =>
        [Integer("page").Between(1, null).Default(1), Integer("limit").Between(1, 100).Default(limit)];

    /// <summary>The first and the last moment, without it, of what is listed.</summary>
    public static IReadOnlyList<Field> Between(string from, string to) => [Time(from, "from this moment on"), Time(to, "before this moment")];
}
