using System.Net;
using System.Net.Sockets;

namespace Actors.LoadGen.Server;

/// <summary>Ports of this machine alone.</summary>
internal static class Loopback
{
    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
