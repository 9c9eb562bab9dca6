using System.Net;
using System.Net.Sockets;

namespace Actors.Silo.Hosting;

/// <summary>The two ports of a silo.</summary>
internal static class ClusterPorts
{
    /// <summary>Takes those that are given, and for each that is 0 one that is free now.</summary>
    public static (int Silo, int Gateway) Choose(int silo, int gateway)
    {
        using var first = Free();
        using var second = Free();
        return (silo == 0 ? PortOf(first) : silo, gateway == 0 ? PortOf(second) : gateway);
    }

    private static TcpListener Free()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
