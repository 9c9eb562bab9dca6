using OpenTelemetry.Trace;

namespace Actors.Silo.Hosting;

/// <summary>
/// Traces requests and what they lead to. Work that no traced request began is left out: it goes on all the time, and with a
/// server that exports to itself each trace would lead to the next one.
/// </summary>
internal sealed class RequestSampler : Sampler
{
    // The name that ASP.NET Core gives the activity of a request; it is renamed after its route when it ends.
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    /// <summary>The sampler of the server: what has a parent follows it.</summary>
    public static Sampler OfServer { get; } = new ParentBasedSampler(new RequestSampler());

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Name == Request ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
