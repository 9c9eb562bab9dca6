using Actors.Grains.Pricing;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Starts folds that price observations with the price books of their rows.</summary>
internal sealed class StreamFolder(ProjectPriceBooks books) : IStreamFolder
{
    /// <inheritdoc/>
    public ValueTask PrepareAsync(ProjectId project, IReadOnlyList<LogRow> rows, CancellationToken cancellationToken)
    {
        var newest = 0;
        foreach (var row in rows)
        {
            newest = Math.Max(newest, row.PriceBook);
        }

        return books.PrepareAsync(project, newest, cancellationToken);
    }

    /// <inheritdoc/>
    public IStreamFold Start(ProjectId project, StreamId stream, LogText text) => new StreamFold(stream, text, books.Get(project).Pricing);
}
