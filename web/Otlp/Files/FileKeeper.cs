using Actors.Media;
using Actors.Tracing;
using Actors.Web.Api;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp.Files;

/// <summary>
/// Keeps the files of exports in the media store. They are durable before the spans that refer to them, so no reference is
/// ever stored without its file; what cannot be kept stays in the text of its span.
/// </summary>
internal sealed partial class FileKeeper(
    IMediaCatalog catalog, IMediaStore store, TimeProvider time, IOptions<MediaOptions> options, ILogger<FileKeeper> logger)
{
    // Each is flushed to the disk.
    private const int MaxWritesAtOnce = 4;

    /// <summary>Takes the files out of the events of an export and keeps them.</summary>
    /// <returns>The events to store, and the files that they refer to; the same events and null when there are none.</returns>
    public async Task<(IReadOnlyList<StreamBatch> Streams, EmbeddedFiles? Files)> TakeAsync(
        ProjectId project, IReadOnlyList<StreamBatch> streams)
    {
        var files = new EmbeddedFiles(options.Value);
        try
        {
            var extractor = new FileExtractor(files);
            var without = streams.Select(s => Extract(extractor, s)).ToList();
            if (files.All.Count == 0)
            {
                return (streams, null);
            }

            await KeepAsync(project, files, files.Announcements);
            return (without, files);
        }
        catch (Exception e)
        {
            LogNotKept(e, files.All.Count);
            return (streams, null);
        }
    }

    /// <summary>
    /// Looks, when the events are stored, whether their trace was deleted after the files were kept and took some of them
    /// along, and keeps those again.
    /// </summary>
    /// <returns>Whether all are there.</returns>
    public async Task<bool> ConfirmAsync(ProjectId project, EmbeddedFiles files)
    {
        try
        {
            var missing = await catalog.FindMissingAsync(project, files.Announcements, CancellationToken.None);
            if (missing.Count > 0)
            {
                await KeepAsync(project, files, missing);
            }

            return true;
        }
        catch (Exception e)
        {
            LogNotConfirmed(e);
            return false;
        }
    }

    // The catalog first: what it knows to belong to something is not cleaned away. That it says more than is true until the
    // files are written does no harm: nobody is told of them before, and who announces one meanwhile finds that it is not there.
    private async Task KeepAsync(ProjectId project, EmbeddedFiles files, IReadOnlyList<MediaAnnouncement> announcements)
    {
        var upload = new MediaUploadReport(time.GetUtcNow(), StatusCodes.Status201Created, null);
        await catalog.RegisterAsync(project, announcements, upload, CancellationToken.None);
        var announced = announcements.Select(a => a.Hash).ToHashSet();
        await Parallel.ForEachAsync(
            files.All.Where(f => announced.Contains(f.Hash)),
            new ParallelOptions { MaxDegreeOfParallelism = MaxWritesAtOnce },
            async (file, cancellationToken) =>
            {
                if (!await store.ExistsAsync(project, file.Hash, cancellationToken))
                {
                    using var content = new MemoryStream(file.Bytes, writable: false);
                    await store.WriteAsync(project, file.Hash, file.Bytes.Length, content, cancellationToken);
                }
            });
    }

    private static StreamBatch Extract(FileExtractor extractor, StreamBatch stream)
    {
        List<StreamEvent>? without = null;
        for (var i = 0; i < stream.Events.Count; i++)
        {
            var said = stream.Events[i];
            var rest = Extract(extractor, stream.Stream.Id, said);
            if (!ReferenceEquals(rest, said))
            {
                (without ??= [.. stream.Events])[i] = rest;
            }
        }

        return without is null ? stream : stream with { Events = without };
    }

    private static StreamEvent Extract(FileExtractor extractor, string trace, StreamEvent said)
    {
        switch (said)
        {
            case TraceEvent t:
                var ofTrace = (Extract(t.Input, null, "input"), Extract(t.Output, null, "output"), Extract(t.Metadata, null, "metadata"));
                return ofTrace == (t.Input, t.Output, t.Metadata)
                    ? t
                    : t with { Input = ofTrace.Item1, Output = ofTrace.Item2, Metadata = ofTrace.Item3 };
            case ObservationEvent o:
                var id = o.ObservationId;
                var text = (Extract(o.Input, id, "input"), Extract(o.Output, id, "output"), Extract(o.Metadata, id, "metadata"));
                return text == (o.Input, o.Output, o.Metadata)
                    ? o
                    : o with { Input = text.Item1, Output = text.Item2, Metadata = text.Item3 };
            default:
                return said;
        }

        string? Extract(string? json, string? observation, string field) => extractor.Extract(json, trace, observation, field);
    }

    [LoggerMessage(4030, LogLevel.Warning, "{Count} files of an export could not be kept: they stay in the text of its spans.")]
    private partial void LogNotKept(Exception exception, int count);

    [LoggerMessage(4031, LogLevel.Warning, "Whether the files of an export are there is not known: it is asked to come again.")]
    private partial void LogNotConfirmed(Exception exception);
}
