using System.Security.Cryptography;
using System.Text;

namespace Actors.Web.Tests;

/// <summary>A file as a client sees it: its bytes, and the id that it computes itself.</summary>
internal sealed record MediaFile(byte[] Bytes)
{
    /// <summary>A text that no other test has.</summary>
    public static MediaFile New(string text = "A file ") => new(Encoding.UTF8.GetBytes(text + Guid.NewGuid()));

    public string Hash => Convert.ToBase64String(SHA256.HashData(Bytes));

    public string Id => Hash.Replace('+', '-').Replace('/', '_')[..22];

    /// <summary>The file inside of text.</summary>
    public string DataUri => $"data:text/plain;base64,{Convert.ToBase64String(Bytes)}";

    /// <summary>The announcement of the file for a trace.</summary>
    public string Announce(string type = "text/plain", long? length = null) =>
        $$"""{"traceId":"t","field":"input","contentType":"{{type}}","contentLength":{{length ?? Bytes.Length}},"sha256Hash":"{{Hash}}"}""";
}
