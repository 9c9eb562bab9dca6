namespace Actors.Storage;

/// <summary>
/// The storage cannot start: the message says in one line what is wrong, which setting it depends on and what to do.
/// </summary>
public sealed class StorageSetupException(string message, Exception? innerException = null) : Exception(message, innerException);
