using System.IO.Compression;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>The bytes of one input and how they say that they are to be read.</summary>
internal sealed record FuzzInput(byte[] Body, string? ContentType, string? Encoding = null)
{
    private static readonly byte[][] BrokenTexts = [[0xC3, 0x28], [0xED, 0xA0, 0x80], [0xFF], [0xF0, 0x9F], [0x00], [0xEF, 0xBB, 0xBF], "NaN"u8.ToArray(), "//"u8.ToArray(), "'"u8.ToArray()];

    private static readonly string?[] ContentTypes =
        [null, "", "text/plain", "application/json; charset=utf-16", "application/json;", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/x-protobuf", "json", "*/*"];

    private static readonly string[] Encodings = ["gzip", "x-gzip", "deflate", "br", "zstd", "identity", "snappy", "gzip, gzip", "GZIP "];

    /// <summary>One time in a while the bytes are broken, or what is said of them.</summary>
    public FuzzInput Damage(Random random) => random.Next(24) switch
    {
        0 or 1 or 2 => this with { Body = Break(random) },
        3 => this with { ContentType = ContentTypes[random.Next(ContentTypes.Length)] },
        4 => this with { Body = Pack(Body), Encoding = "gzip" },
        5 => this with { Body = Pack(Body) is var packed ? packed[..random.Next(packed.Length)] : [], Encoding = "gzip" },
        6 => this with { Encoding = Encodings[random.Next(Encodings.Length)] },
        _ => this,
    };

    /// <summary>The bytes cut, changed, or with others between them.</summary>
    public byte[] Break(Random random) => random.Next(3) switch
    {
        0 => Body[..random.Next(Body.Length + 1)],
        1 => Change(random),
        _ => Insert(BrokenTexts[random.Next(BrokenTexts.Length)], random),
    };

    public HttpContent ToContent()
    {
        var content = new ByteArrayContent(Body);
        if (ContentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        if (Encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", Encoding);
        }

        return content;
    }

    /// <summary>Short enough for the message of a failure; the seed has the rest.</summary>
    public override string ToString()
    {
        var text = System.Text.Encoding.UTF8.GetString(Body);
        return $"{ContentType} {Encoding} {(text.Length > 2000 ? text[..2000] + "…" : text)}";
    }

    private byte[] Change(Random random)
    {
        var body = (byte[])Body.Clone();
        for (var changes = random.Next(1, 6); changes > 0 && body.Length > 0; changes--)
        {
            body[random.Next(body.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : body[random.Next(body.Length)];
        }

        return body;
    }

    private byte[] Insert(byte[] bytes, Random random)
    {
        var at = random.Next(Body.Length + 1);
        return [.. Body[..at], .. bytes, .. Body[at..]];
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
