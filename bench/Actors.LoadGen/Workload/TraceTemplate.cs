using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Actors.LoadGen.Workload;

/// <summary>
/// The seven events of one trace as UTF-8 with slots: a trace costs one copy and a few dozen small patches, so that the
/// loader leaves the machine to the server.
/// </summary>
internal sealed class TraceTemplate(byte[] utf8, Slot[] slots, int durationMs, decimal costUsd)
{
    /// <summary>Events of one trace.</summary>
    public const int Events = 7;

    /// <summary>Observations of one trace.</summary>
    public const int Observations = 5;

    /// <summary>Model calls of one trace.</summary>
    public const int Generations = 2;

    /// <summary>Bytes of one trace.</summary>
    public int Length => utf8.Length;

    /// <summary>What the two generations cost by the prices in force.</summary>
    public decimal CostUsd => costUsd;

    /// <summary>Writes trace <paramref name="number"/>, which ends at <paramref name="end"/>.</summary>
    public void Render(Span<byte> target, ulong number, DateTimeOffset end)
    {
        utf8.CopyTo(target);
        Span<byte> digits = stackalloc byte[16];
        var start = end.AddMilliseconds(-durationMs).UtcDateTime;
        foreach (var slot in slots)
        {
            var at = target[slot.Offset..];
            switch (slot.Kind)
            {
                case SlotKind.TraceId:
                    WriteHex(at, Mix(number, 100));
                    WriteHex(at[16..], Mix(number, 101));
                    break;
                case SlotKind.ObservationId:
                    WriteHex(at, Mix(number, 110 + slot.Argument));
                    break;
                case SlotKind.Uuid:
                    WriteUuid(at, Mix(number, 2 * slot.Argument), Mix(number, (2 * slot.Argument) + 1));
                    break;
                case SlotKind.SessionId:
                    WriteHex(digits, Mix(number / 10, 120));
                    digits[..8].CopyTo(at);
                    break;
                case SlotKind.Time:
                    WriteTime(at, start.AddMilliseconds(slot.Argument));
                    break;
            }
        }
    }

    /// <summary>The trace id of trace <paramref name="number"/>.</summary>
    public static string TraceId(ulong number) => $"{Mix(number, 100):x16}{Mix(number, 101):x16}";

    // SplitMix64's finalizer is a bijection: different traces never share an id, and ids are spread as random ones are.
    private static ulong Mix(ulong number, int what)
    {
        var z = (number * 128) + (ulong)what + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static void WriteHex(Span<byte> target, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Convert.TryToHexStringLower(bytes, target, out _);
    }

    private static void WriteUuid(Span<byte> target, ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), target, out _, new StandardFormat('D'));
    }

    // 2026-01-31T23:59:59.123Z
    private static void WriteTime(Span<byte> target, DateTime time)
    {
        WriteDigits(target, time.Year, 4);
        WriteDigits(target[5..], time.Month, 2);
        WriteDigits(target[8..], time.Day, 2);
        WriteDigits(target[11..], time.Hour, 2);
        WriteDigits(target[14..], time.Minute, 2);
        WriteDigits(target[17..], time.Second, 2);
        WriteDigits(target[20..], time.Millisecond, 3);
    }

    private static void WriteDigits(Span<byte> target, int value, int width)
    {
        for (var i = width - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
