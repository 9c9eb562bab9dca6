using System.Security.Cryptography;
using System.Text;

namespace Actors.Crash;

/// <summary>A trace of one exported span with a picture in it, and what is known of its fate.</summary>
internal sealed class PictureTrace(string id, byte[] picture)
{
    private enum Knowledge
    {
        Nothing,
        Stored,
        StoredOrNot,
        Deleted,
    }

    private Knowledge _known;

    public string Id => id;

    public bool IsStored => _known == Knowledge.Stored;

    public bool IsInDoubt => _known == Knowledge.StoredOrNot;

    public static string MediaId(byte[] picture) => Convert.ToBase64String(SHA256.HashData(picture)).Replace('+', '-').Replace('/', '_')[..22];

    /// <summary>Exports it.</summary>
    /// <returns>False: the server was gone.</returns>
    public Task<bool> SendAsync(SiloClient client) => TellAsync(
        Knowledge.Stored, () => client.PostAsync("/api/public/otel/v1/traces", Encoding.UTF8.GetBytes(Export)));

    /// <summary>Deletes it.</summary>
    /// <returns>False: the server was gone.</returns>
    public Task<bool> DeleteAsync(SiloClient client) => TellAsync(
        Knowledge.Deleted, () => client.DeleteAsync($"/api/public/traces/{id}"));

    /// <summary>Reads it back: it is there or not, as it was acknowledged, and its picture is there whenever it is.</summary>
    public async Task CheckAsync(SiloClient client)
    {
        var read = await client.GetAsync($"/api/public/traces/{id}");
        var isRight = read.Code switch { 200 => _known != Knowledge.Deleted, 404 => _known != Knowledge.Stored, _ => false };
        if (!isRight)
        {
            throw new InvalidOperationException($"Of {id} was known: {_known}. Read: {read}");
        }

        _known = read.Code == 200 ? Knowledge.Stored : Knowledge.Deleted;
        if (read.Code == 404)
        {
            return;
        }

        Assert.Equal(
            $"@@@langfuseMedia:type=image/png|id={MediaId(picture)}|source=base64_data_uri@@@", (string?)read.Json["observations"]![0]!["input"]);
        var media = await client.GetAsync($"/api/public/media/{MediaId(picture)}");
        Assert.True(media.Code == 200, $"{id} refers to a picture that is not known: {media}");
        Assert.Equal(picture, await client.Http.GetByteArrayAsync((string)media.Json["url"]!));
    }

    private string Export => $$$"""
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"{{{id}}}","spanId":"{{{id[..16]}}}","name":"look","startTimeUnixNano":"1767607200000000000","endTimeUnixNano":"1767607202500000000",
           "attributes":[{"key":"langfuse.observation.input","value":{"stringValue":"data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}]}]}]}]}
        """;

    private async Task<bool> TellAsync(Knowledge then, Func<Task<Answer>> send)
    {
        _known = Knowledge.StoredOrNot;
        try
        {
            var answer = await send();
            if (answer.Code != 200)
            {
                throw new InvalidOperationException($"{id}, to become {then}, was answered by {answer}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }

        _known = then;
        return true;
    }
}
