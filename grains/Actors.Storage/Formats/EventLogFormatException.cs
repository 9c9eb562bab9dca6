namespace Actors.Storage.Formats;

/// <summary>A row of the event log cannot be read: it is damaged or was written by a newer version. Retrying does not help.</summary>
public sealed class EventLogFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
