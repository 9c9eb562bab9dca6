namespace Actors;

/// <summary>Why a store did not do what it was asked.</summary>
public enum RefusalKind
{
    /// <summary>The thing does not exist in this project.</summary>
    NotFound,

    /// <summary>The request contradicts itself or a rule.</summary>
    Invalid,

    /// <summary>The request contradicts what is stored.</summary>
    Conflict,
}

/// <summary>An answer of a store that is no result.</summary>
/// <param name="Kind">What kind of answer.</param>
/// <param name="Message">The reason, for people.</param>
public sealed record Refusal(RefusalKind Kind, string Message)
{
    /// <summary>The thing does not exist in this project.</summary>
    public static Refusal NotFound(string message) => new(RefusalKind.NotFound, message);

    /// <summary>The request contradicts itself or a rule.</summary>
    public static Refusal Invalid(string message) => new(RefusalKind.Invalid, message);

    /// <summary>The request contradicts what is stored.</summary>
    public static Refusal Conflict(string message) => new(RefusalKind.Conflict, message);
}

/// <summary>A result or the reason why there is none: exactly one of both.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public sealed record Outcome<T>
    where T : class
{
    /// <summary>The result; null: there is none.</summary>
    public T? Value { get; private init; }

    /// <summary>Why there is no result; null: there is one.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>An outcome with a result.</summary>
    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    /// <summary>An outcome without a result.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new() { Refusal = refusal };
}
