namespace Actors.Grains.Live;

/// <summary>A <see cref="DdSketch"/> as plain data, for messages and storage.</summary>
/// <param name="Offset">The index of the first count; 0 when there is none.</param>
/// <param name="Counts">
/// The signed counts of successive buckets; neither the first nor the last is 0. Not to be changed.
/// </param>
/// <param name="Zeros">The signed count of values too small to have a bucket.</param>
[GenerateSerializer, Immutable, Alias("actors.DdSketchState")]
public readonly record struct DdSketchState(
    [property: Id(0)] int Offset, [property: Id(1)] int[] Counts, [property: Id(2)] long Zeros);
