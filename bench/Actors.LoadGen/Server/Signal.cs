using System.Runtime.InteropServices;

namespace Actors.LoadGen.Server;

/// <summary>Signals to processes that the loader has started.</summary>
internal static class Signal
{
    /// <summary>SIGINT. PostgreSQL breaks its connections and ends in order.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGTERM. A server ends in order.</summary>
    public const int Terminate = 15;

    /// <summary>Sends one; 0: done.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Send(int processId, int signal);
}
