using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>The protocol's times: nanoseconds since 1970, 0 when not said.</summary>
internal static class OtlpTime
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private static readonly ulong Latest =
        (ulong)new DateTimeOffset(IsoTime.LastYear, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * NanosecondsPerMillisecond;

    /// <summary>Whether it is a time that can be stored.</summary>
    public static bool IsAllowed(ulong nanoseconds) => nanoseconds <= Latest;

    public static DateTimeOffset ToTime(ulong nanoseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)(nanoseconds / NanosecondsPerMillisecond));
}
