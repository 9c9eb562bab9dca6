using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Starts folds that price observations with the price books of their rows.</summary>
internal sealed class StreamFolder(ObservationPricing pricing) : IStreamFolder
{
    /// <inheritdoc/>
    public IStreamFold Start(StreamId stream, LogText text) => new StreamFold(stream, text, pricing);
}
