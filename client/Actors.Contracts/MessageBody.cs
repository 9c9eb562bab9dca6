namespace Actors.Contracts;

/// <summary>An answer that only says what was done.</summary>
/// <param name="Message">For people.</param>
public sealed record MessageBody(string Message);
