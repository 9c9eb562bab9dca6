using Actors.Contracts;

namespace Actors.Web.Api.OpenApi;

/// <summary>The answers of routes that did not do what they were asked.</summary>
internal static class ApiRefusals
{
    /// <summary>Those of a route: what it says itself, and what follows from its key and from what it takes.</summary>
    public static IEnumerable<int> Of(ApiOperation operation)
    {
        var statuses = new SortedSet<int>(operation.Refusals);
        if (operation.Parameters.Count > 0 || operation.Fields.Count > 0)
        {
            statuses.Add(400);
        }

        if (operation.Access != ApiAccess.None)
        {
            statuses.Add(401);
        }

        if (operation.Access is ApiAccess.Project or ApiAccess.Organization)
        {
            statuses.Add(403);
        }

        return statuses;
    }

    /// <summary>What a status is called; null stands for every other.</summary>
    public static string Name(int? status) => status switch
    {
        400 => "Invalid",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        413 => "TooLarge",
        415 => "UnknownEncoding",
        429 => "Overloaded",
        503 => "Unavailable",
        null => "Problem",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no name for this status."),
    };

    /// <summary>When a status is answered.</summary>
    public static string Explain(int? status) => status switch
    {
        400 => "a parameter or the body is wrong",
        401 => "no key, or an unknown one",
        403 => "the key, the origin of the page, or the signed URL does not allow it",
        404 => "there is no such thing",
        409 => "it does not go together with what is there",
        413 => "the body is too large",
        415 => "the body is packed in a way that is not known",
        429 => "too much is under way, or too many scores came with the public key; Retry-After says when to come back",
        503 => "it could not be stored; send it again",
        null => "something else went wrong",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no word for this status."),
    };

    /// <summary>What is answered; keys are judged before the subject has a say.</summary>
    public static IReadOnlyList<Type> Bodies(ApiSubject subject, int? status) => status switch
    {
        not 429 when subject.Problems is [var coded] && coded == typeof(CodedErrorBody) => subject.Problems,
        400 when subject.Problems is [var only] && only == typeof(ErrorBody) => [typeof(InvalidRequestBody), typeof(ErrorBody)],
        401 or 403 => [typeof(ErrorBody)],
        429 => [typeof(RateLimitBody)],
        _ => subject.Problems,
    };
}
