using Actors.Contracts;
using Actors.Datasets;
using Actors.Media;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Turns items into what crosses the wire, with signed URLs of the files they refer to.</summary>
internal sealed class DatasetItemMapper(IMediaCatalog catalog, MediaUrls urls)
{
    public async Task<IReadOnlyList<DatasetItemBody>> MapAsync(HttpContext context, IReadOnlyList<DatasetItemRecord> items)
    {
        var references = items.Select(Find).ToList();
        string[] ids = [.. references.SelectMany(r => r).Select(r => r.MediaId).Distinct()];
        var media = ids.Length == 0
            ? []
            : (await catalog.FindAsync(context.GetProject(), ids, context.RequestAborted)).Where(m => m.IsUploaded).ToDictionary(m => m.Id);
        return [.. items.Zip(references, (item, found) => item.ToWire([.. found.Where(r => media.ContainsKey(r.MediaId)).Select(r => Resolve(r, media))]))];

        MediaReferenceBody Resolve(FoundMediaReference reference, Dictionary<string, MediaRecord> known)
        {
            var file = known[reference.MediaId];
            var (url, expiry) = urls.Download(context, file);
            return new MediaReferenceBody(
                reference.Field, reference.Text, reference.JsonPath, new ReferencedMediaBody(file.Id, file.ContentType, file.ContentLength, url, expiry));
        }
    }

    /// <summary>Notes the files that an item refers to as its own, so that they stay when the traces they came from are deleted.</summary>
    public async Task KeepFilesAsync(HttpContext context, DatasetItemRecord item)
    {
        var references = Find(item);
        if (references.Count > 0)
        {
            await catalog.LinkAsync(
                context.GetProject(),
                [.. references.Select(r => (r.MediaId, new MediaLink(null, null, item.DatasetId, item.Id, r.Field)))],
                context.RequestAborted);
        }
    }

    private static List<FoundMediaReference> Find(DatasetItemRecord item)
    {
        var found = new List<FoundMediaReference>();
        MediaReferences.Find("input", item.Input, found);
        MediaReferences.Find("expectedOutput", item.ExpectedOutput, found);
        MediaReferences.Find("metadata", item.Metadata, found);
        return found;
    }
}
