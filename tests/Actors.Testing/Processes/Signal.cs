namespace Actors.Testing.Processes;

/// <summary>Signals that a test sends to a process it started (POSIX.1-2017, <c>signal.h</c>; numbers of Linux).</summary>
public enum Signal
{
    /// <summary>Asks for an end, as Ctrl+C does.</summary>
    Interrupt = 2,

    /// <summary>Asks for an end at once.</summary>
    Quit = 3,

    /// <summary>Asks for an end, as an operator does.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Stops a process where it is, without a word to anybody.</summary>
    Stop = 19,
}
