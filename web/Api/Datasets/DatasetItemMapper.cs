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

    private static List<FoundMediaReference> Find(DatasetItemRecord item)
    {
        var found = new List<FoundMediaReference>();
        MediaReferences.Find("input", item.Input, found);
        MediaReferences.Find("expectedOutput", item.ExpectedOutput, found);
        MediaReferences.Find("metadata", item.Metadata, found);
        return found;
    }
}
