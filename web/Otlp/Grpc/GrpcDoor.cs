using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp.Grpc;

/// <summary>
/// A listener of its own for OpenTelemetry over gRPC. Plain HTTP/2 needs a port for itself, and a second server with one
/// endpoint cannot show a page by mistake. It opens last and closes first, so that every export finds the actors at work.
/// </summary>
internal sealed partial class GrpcDoor(
    OtlpGrpcEndpoint endpoint, GrpcDoorAddress address, IOptions<OtlpOptions> options, ILoggerFactory loggers, ILogger<GrpcDoor> logger)
    : IHostedLifecycleService, IHttpApplication<HttpContext>
{
    private KestrelServer? _server;

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.GrpcPort == 0)
        {
            return;
        }

        var server = new KestrelServer(
            Options.Create(Configure()), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        try
        {
            await server.StartAsync(this, cancellationToken);
        }
        catch (IOException e)
        {
            server.Dispose();
            if (options.Value.GrpcPort is { } chosen)
            {
                throw new GrpcPortException(chosen, e);
            }

            // Another collector on this machine is no reason not to start.
            LogTaken(OtlpOptions.DefaultGrpcPort);
            return;
        }

        _server = server;
        address.Value = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            await server.StopAsync(cancellationToken);
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public Task ProcessRequestAsync(HttpContext context) => endpoint.HandleAsync(context);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private KestrelServerOptions Configure()
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };

        // The endpoint itself bounds what it reads.
        kestrel.Limits.MaxRequestBodySize = null;
        var port = options.Value.GrpcPort ?? OtlpOptions.DefaultGrpcPort;
        switch (options.Value.GrpcHost)
        {
            case "localhost" when port > 0:
                kestrel.ListenLocalhost(port, Http2);
                break;
            case "localhost":
                kestrel.Listen(IPAddress.Loopback, 0, Http2);
                break;
            case OtlpOptions.AnyHost:
                kestrel.ListenAnyIP(Math.Max(0, port), Http2);
                break;
            default:
                kestrel.Listen(IPAddress.Parse(options.Value.GrpcHost), Math.Max(0, port), Http2);
                break;
        }

        return kestrel;
    }

    private static void Http2(ListenOptions listen) => listen.Protocols = HttpProtocols.Http2;

    [LoggerMessage(4021, LogLevel.Warning,
        "Port {Port} is taken by another program, so OpenTelemetry over gRPC is not received. Actors:Otlp:GrpcPort names another port, or 0 for none.")]
    private partial void LogTaken(int port);
}

/// <summary>Where OpenTelemetry over gRPC is received.</summary>
public sealed class GrpcDoorAddress
{
    /// <summary>For example <c>http://localhost:4317</c>; null: nowhere.</summary>
    public string? Value { get; internal set; }
}

/// <summary>The port for gRPC that was chosen cannot be listened on. The message names the setting.</summary>
public sealed class GrpcPortException(int port, Exception inner) : Exception(
    $"{OtlpOptions.Section}:{nameof(OtlpOptions.GrpcPort)} is {port}, which cannot be listened on: {inner.Message} Choose another port, or 0 for none.",
    inner);
