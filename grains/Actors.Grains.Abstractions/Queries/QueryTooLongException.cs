namespace Actors.Queries;

/// <summary>A query ran for as long as one may and was ended. Asking again does not help; asking for less does.</summary>
[GenerateSerializer, Alias("actors.QueryTooLongException")]
public sealed class QueryTooLongException(string message) : Exception(message);
