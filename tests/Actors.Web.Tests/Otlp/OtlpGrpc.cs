using Actors.Web.Otlp.Grpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>The door for gRPC as a client sees it that sends messages as bytes.</summary>
internal static class OtlpGrpc
{
    public const string TraceService = "opentelemetry.proto.collector.trace.v1.TraceService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(static b => b, static b => b);

    public static Method<byte[], byte[]> Export(string service = TraceService) => new(MethodType.Unary, service, "Export", Bytes, Bytes);

    public static string Address(ApiServer server) => server.Services.GetRequiredService<GrpcDoorAddress>().Value!;
}
