namespace Actors.Queries;

/// <summary>
/// An answer of the read model that says how much of the log it includes. When the read model is built anew, on a silo that took
/// it over or after an upgrade, a question is answered all the same, with what is there after a bounded wait.
/// </summary>
public interface IReadModelAnswer
{
    /// <summary>The position of the log that the answer includes.</summary>
    long Watermark { get; }

    /// <summary>The position that the log had come to when the question was asked.</summary>
    long Head { get; }
}

/// <summary>What can be said of any answer of the read model.</summary>
public static class ReadModelAnswers
{
    /// <summary>Whether rows that were acknowledged before the question may be missing.</summary>
    public static bool IsPartial(this IReadModelAnswer answer) => answer.Watermark < answer.Head;
}

/// <summary>
/// The read model does not know what it was asked for, and has not read the whole log yet: it may be there. Ask again later.
/// </summary>
[GenerateSerializer, Alias("actors.ReadModelBehindException")]
public sealed class ReadModelBehindException(string message) : Exception(message);
