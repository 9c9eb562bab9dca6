namespace Actors.Access;

/// <summary>
/// The database of the control plane does not answer. A read can be repeated later; of a write that had come to its end it is
/// not known whether it was stored.
/// </summary>
[GenerateSerializer, Alias("actors.ControlPlaneUnavailableException")]
public sealed class ControlPlaneUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
