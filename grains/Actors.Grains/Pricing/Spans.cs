using System.Runtime.InteropServices;

namespace Actors.Grains.Pricing;

internal static class Spans
{
    /// <summary>Lists are arrays or <see cref="List{T}"/> nearly always; those are read in place.</summary>
    public static ReadOnlySpan<T> Of<T>(IReadOnlyList<T> list) => list switch
    {
        T[] array => array,
        List<T> growing => CollectionsMarshal.AsSpan(growing),
        _ => list.ToArray(),
    };
}
