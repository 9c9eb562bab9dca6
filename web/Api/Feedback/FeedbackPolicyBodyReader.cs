using Actors.Feedback;

namespace Actors.Web.Api.Feedback;

/// <summary>Reads what a project takes from browsers.</summary>
internal static class FeedbackPolicyBodyReader
{
    private const string Origins = "allowedOrigins";
    private const string PerKey = "scoresPerMinutePerKey";
    private const string PerAddress = "scoresPerMinutePerAddress";

    /// <summary>The policy; null when <paramref name="body"/> says what is wrong.</summary>
    public static FeedbackPolicy? Read(BodyReader body)
    {
        // A misspelt limit would leave the default in force without a word.
        body.RefuseOthers(Origins, PerKey, PerAddress);
        var policy = new FeedbackPolicy
        {
            AllowedOrigins = ReadOrigins(body),
            ScoresPerMinutePerKey = ReadLimit(body, PerKey) ?? FeedbackPolicy.DefaultPerKey,
            ScoresPerMinutePerAddress = ReadLimit(body, PerAddress) ?? FeedbackPolicy.DefaultPerAddress,
        };
        return body.Problem is null ? policy : null;
    }

    private static int? ReadLimit(BodyReader body, string name) => body.Integer(name, min: 1, max: FeedbackPolicy.MaxScoresPerMinute);

    private static List<OriginPattern> ReadOrigins(BodyReader body)
    {
        var read = new List<OriginPattern>();
        var texts = body.Texts(Origins, maxCount: FeedbackPolicy.MaxOrigins, maxLength: OriginPattern.MaxLength) ?? [];
        for (var i = 0; i < texts.Count; i++)
        {
            if (!OriginPattern.TryParse(texts[i], out var pattern, out var problem))
            {
                body.Refuse("invalid_format", [Origins, $"{i}"], problem);
            }
            else if (!read.Exists(p => p.Text == pattern.Text))
            {
                read.Add(pattern);
            }
        }

        return read;
    }
}
