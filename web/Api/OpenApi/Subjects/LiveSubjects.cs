using Actors.Contracts;
using Actors.Live;
using Actors.Tracing;
using Actors.Web.Hubs;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>What happens now.</summary>
internal static class LiveSubjects
{
    private const string StreamNote = "an event per message, its id the version; the first one is whole, what follows is what has changed";

    private static readonly Field Token = Text("access_token", "a live token, for callers who can set no header");

    private static readonly Field[] Part =
    [
        Text("filter", "such as env:production model:gpt-4o; all parts that are named must hold"),
        Text("session"), Text("user"), Text("prompt"),
    ];

    private static readonly Field[] Numbers =
    [
        Token,
        .. Part,
        Csv("windows", "rolling windows").OneOf(LiveWindowNames.All).Default("1m"),
        Csv("by", "series beside the total").OneOf(LiveWindowNames.Series),
        Flag("compare", "with the windows before, and with those of yesterday").Default(false),
        Flag("points", "with the seconds of the last five minutes").Default(false),
        Flag("distributions", "with how numeric scores are distributed").Default(false),
        Flag("scores", "with scores as they come").Default(false),
        Integer("feed", "how many of the latest traces").Between(0, LiveQuestionReader.MaxFeed).Default(0),
        Integer("rate", "messages per second at most").Between(1, LiveQuestionReader.MaxRate).Default(LiveQuestionReader.DefaultRate),
    ];

    public static ApiSubject Live { get; } = new("Live", "Numbers and traces as they come, pushed. The same messages as those of the SignalR hub at /hubs/live.")
    {
        Operations =
        [
            Get("/actors/live", "Gets live numbers once").Query(Numbers).Answer<LiveMessage>().Refuse(429),
            Get("/actors/live/stream", "Streams live numbers").Query(Numbers).AnswerEvents<LiveMessage>(StreamNote).Refuse(429),
            Get("/actors/live/top/stream", "Streams the users, sessions, … that stand out")
                .Query(
                [
                    Token,
                    .. Part,
                    Text("by").OneOf(LiveWindowNames.Ranked).Default("user"),
                    Text("order").OneOf(LiveWindowNames.Orders).Default("cost"),
                    Text("window").OneOf(LiveWindowNames.All).Default("1h"),
                    Integer("limit").Between(1, LiveQuestionReader.MaxTop).Default(LiveQuestionReader.DefaultTop),
                ])
                .AnswerEvents<LiveMessage>(StreamNote).Refuse(429),
            Get("/actors/live/traces/{traceId}/stream", "Streams one trace as it grows")
                .Query(Token).AnswerEvents<LiveMessage>(StreamNote).Refuse(429),
            Post("/actors/live/tokens", "Mints a token that opens live numbers in a browser")
                .Says("Needs the secret key. The token opens the named part and nothing else.")
                .OptionalBody(
                    Text("filter").UpTo(LiveQuestionReader.MaxFilterLength),
                    Text("session").UpTo(LiveSeriesKey.MaxValueLength),
                    Text("user").UpTo(LiveSeriesKey.MaxValueLength),
                    Text("prompt").UpTo(LiveSeriesKey.MaxValueLength),
                    Text("traceId", "this trace and nothing else").UpTo(StreamId.MaxIdLength),
                    Flag("detail", "with traces, users and sessions, and not numbers alone").Default(false),
                    Integer("expiresIn", "seconds").Between(1, null).Default(3600))
                .Answer<LiveTokenBody>(),
        ],
    };
}
