using System.Text;

namespace Actors.Web.Api.OpenApi;

/// <summary>Which key opens a route.</summary>
internal enum ApiAccess
{
    None,
    Project,

    /// <summary>A project's keys, or its public key alone.</summary>
    ProjectOrPublic,
    Organization,
    Administrator,
}

/// <summary>An answer of a route.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Type">Its body; null: none.</param>
/// <param name="Note">When it is given.</param>
/// <param name="IsEvents">Whether it is a stream of server-sent events, each with such a body.</param>
internal sealed record ApiAnswer(int Status, Type? Type, string Note, bool IsEvents = false);

/// <summary>What callers should know of one route.</summary>
/// <param name="Method">Its HTTP method.</param>
/// <param name="Path">Its path; of a subject's operation, what follows the subject's prefix.</param>
/// <param name="Summary">What it does.</param>
internal sealed record ApiOperation(string Method, string Path, string Summary)
{
    /// <summary>What the summary has no room for.</summary>
    public string Note { get; private init; } = "";

    /// <summary>Null: as its subject.</summary>
    public ApiAccess? Access { get; private init; }

    public IReadOnlyList<Field> Parameters { get; private init; } = [];

    /// <summary>The properties of its body; empty: it takes none.</summary>
    public IReadOnlyList<Field> Fields { get; private init; } = [];

    public bool IsBodyOptional { get; private init; }

    /// <summary>The encodings of its body.</summary>
    public IReadOnlyList<string> MediaTypes { get; private init; } = ["application/json"];

    /// <summary>Whether its body is a file, and no JSON at all.</summary>
    public bool TakesFile => !MediaTypes.Contains("application/json");

    /// <summary>Answers that say what was asked for.</summary>
    public IReadOnlyList<ApiAnswer> Answers { get; private init; } = [];

    /// <summary>Statuses that say why not, beyond those that follow from what the route takes.</summary>
    public IReadOnlyList<int> Refusals { get; private init; } = [];

    /// <summary>A name that is unique and stays, for anchors and generated clients.</summary>
    public string Id
    {
        get
        {
            var id = new StringBuilder(Method.ToLowerInvariant());
            foreach (var part in Path.Split('/', '{', '}').Where(p => p is not ("" or "api" or "public")))
            {
                id.Append('-').Append(part);
            }

            return id.ToString();
        }
    }

    public ApiOperation Says(string note) => this with { Note = note };

    public ApiOperation For(ApiAccess access) => this with { Access = access };

    public ApiOperation Query(params IReadOnlyList<Field> parameters) => this with { Parameters = parameters };

    public ApiOperation Body(params IReadOnlyList<Field> fields) => this with { Fields = fields };

    public ApiOperation OptionalBody(params IReadOnlyList<Field> fields) => this with { Fields = fields, IsBodyOptional = true };

    public ApiOperation Encoded(params IReadOnlyList<string> mediaTypes) => this with { MediaTypes = mediaTypes };

    public ApiOperation Answer<T>(int status = 200, string note = "") => this with { Answers = [.. Answers, new ApiAnswer(status, typeof(T), note)] };

    public ApiOperation AnswerEvents<T>(string note) => this with { Answers = [.. Answers, new ApiAnswer(200, typeof(T), note, IsEvents: true)] };

    public ApiOperation AnswerNothing(int status, string note) => this with { Answers = [.. Answers, new ApiAnswer(status, null, note)] };

    public ApiOperation Refuse(params IReadOnlyList<int> statuses) => this with { Refusals = statuses };

    /// <summary>The same route of a subject: with its whole path and its key.</summary>
    public ApiOperation Under(string prefix, ApiAccess access) => this with { Path = prefix + Path, Access = Access ?? access };
}

/// <summary>Makes operations; for <c>using static</c>.</summary>
internal static class Operations
{
    public static ApiOperation Get(string path, string summary) => new("GET", path, summary);

    public static ApiOperation Head(string path, string summary) => new("HEAD", path, summary);

    public static ApiOperation Post(string path, string summary) => new("POST", path, summary);

    public static ApiOperation Put(string path, string summary) => new("PUT", path, summary);

    public static ApiOperation Patch(string path, string summary) => new("PATCH", path, summary);

    public static ApiOperation Delete(string path, string summary) => new("DELETE", path, summary);
}
