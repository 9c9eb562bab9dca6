using System.Net;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp.Grpc;

/// <summary>Where OpenTelemetry is received beside HTTP; section <c>Actors:Otlp</c>.</summary>
public sealed class OtlpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Otlp";

    /// <summary>The port that the protocol has for gRPC.</summary>
    public const int DefaultGrpcPort = 4317;

    /// <summary>Stands for all addresses of the machine.</summary>
    public const string AnyHost = "*";

    /// <summary>
    /// The port for gRPC: 0 for none, -1 for any that is free. Null, the default, is 4317, or none when another program has
    /// that already.
    /// </summary>
    public int? GrpcPort { get; set; }

    /// <summary>The address to listen on for gRPC: <c>localhost</c> (the default), an IP address, or <c>*</c> for all.</summary>
    public string GrpcHost { get; set; } = "localhost";
}

/// <summary>Checks the options at start.</summary>
internal sealed class OtlpOptionsValidator : IValidateOptions<OtlpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtlpOptions options)
    {
        var failures = new List<string>();
        if (options.GrpcPort is < -1 or > ushort.MaxValue)
        {
            failures.Add("GrpcPort is a port from 1 to 65535, 0 for none, or -1 for any.");
        }

        if (options.GrpcHost is not ("localhost" or OtlpOptions.AnyHost) && !IPAddress.TryParse(options.GrpcHost, out _))
        {
            failures.Add("GrpcHost is localhost, an IP address, or * for all addresses.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
