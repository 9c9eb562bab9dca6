namespace Actors.Contracts;

/// <summary>A message for people.</summary>
/// <param name="Message">What was done.</param>
public sealed record MessageBody(string Message);
