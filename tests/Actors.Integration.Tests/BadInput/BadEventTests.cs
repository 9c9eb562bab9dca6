using System.Net;
using System.Text;

namespace Actors.Integration.BadInput;

/// <summary>
/// One bad event in a batch is answered by an error of its own. Its neighbours before and after it are stored, whatever it
/// was.
/// </summary>
public sealed class BadEventTests(RunningSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // ID stands for the event's own id, AT for a good instant, OWN for a trace of the test, ID801 for 801 characters.
    public static TheoryData<string, string> Refused => new()
    {
        { "null", "null" },
        { "a number", "7" },
        { "a list", "[]" },
        { "nothing in it", "{}" },
        { "no type", """{"id":"ID","timestamp":"AT","body":{"id":"b"}}""" },
        { "an unknown type", """{"id":"ID","type":"trace-delete","timestamp":"AT","body":{"id":"b"}}""" },
        { "a type that is a number", """{"id":"ID","type":1,"timestamp":"AT","body":{"id":"b"}}""" },
        { "no event id", """{"type":"trace-create","timestamp":"AT","body":{"id":"b"}}""" },
        { "an empty event id", """{"id":"","type":"trace-create","timestamp":"AT","body":{"id":"b"}}""" },
        { "an event id of 801 characters", """{"id":"ID801","type":"trace-create","timestamp":"AT","body":{"id":"b"}}""" },
        { "an event id that is a number", """{"id":5,"type":"trace-create","timestamp":"AT","body":{"id":"b"}}""" },
        { "no body", """{"id":"ID","type":"trace-create","timestamp":"AT"}""" },
        { "a body that is a text", """{"id":"ID","type":"trace-create","timestamp":"AT","body":"b"}""" },
        { "no timestamp", """{"id":"ID","type":"trace-create","body":{"id":"b"}}""" },
        { "a timestamp that is a number", """{"id":"ID","type":"trace-create","timestamp":1,"body":{"id":"b"}}""" },
        { "a timestamp without an offset", """{"id":"ID","type":"trace-create","timestamp":"2026-03-02T12:00:00","body":{"id":"b"}}""" },
        { "the 30th of February", """{"id":"ID","type":"trace-create","timestamp":"2026-02-30T12:00:00Z","body":{"id":"b"}}""" },
        { "a trace id of 801 characters", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"ID801"}}""" },
        { "a trace id with a line break", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"a\rb"}}""" },
        { "a span without an id", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"name":"x"}}""" },
        { "a span whose id is an object", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":{}}}""" },
        { "a name that is a list", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"b","name":[]}}""" },
        { "tags that are a number", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"b","tags":1}}""" },
        { "an unknown level", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":"b","traceId":"t","level":"FATAL"}}""" },
        { "a start that is a word", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":"b","traceId":"t","startTime":"now"}}""" },
        { "usage that is no integer", """{"id":"ID","type":"generation-create","timestamp":"AT","body":{"id":"b","traceId":"t","usage":{"input":1.5}}}""" },
        { "a score without a value", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"traceId":"t","name":"x"}}""" },
        { "a score without a name", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"traceId":"t","value":1}}""" },
        { "a score of nothing", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"name":"x","value":1}}""" },
        { "a boolean score of 2", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"traceId":"t","name":"x","value":2,"dataType":"BOOLEAN"}}""" },
        { "a score of NaN as a text", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"traceId":"t","name":"x","value":"NaN","dataType":"NUMERIC"}}""" },
        { "a score beyond all numbers", """{"id":"ID","type":"score-create","timestamp":"AT","body":{"traceId":"t","name":"x","value":1e999}}""" },
    };

    /// <summary>Strange, but not wrong, or so hostile that refusing and storing are both right: only harm is not.</summary>
    public static TheoryData<string, string> Odd => new()
    {
        { "the year 0", """{"id":"ID","type":"trace-create","timestamp":"0000-01-01T00:00:00Z","body":{"id":"OWN"}}""" },
        { "the year 1", """{"id":"ID","type":"trace-create","timestamp":"0001-01-01T00:00:00Z","body":{"id":"OWN","timestamp":"0001-01-01T00:00:00Z"}}""" },
        { "before the year 1 by its offset", """{"id":"ID","type":"trace-create","timestamp":"0001-01-01T00:00:00+14:00","body":{"id":"OWN"}}""" },
        { "the year 9999", """{"id":"ID","type":"trace-create","timestamp":"9999-12-31T23:59:59.999Z","body":{"id":"OWN","timestamp":"9999-12-31T23:59:59.999Z"}}""" },
        { "after the year 9999 by its offset", """{"id":"ID","type":"trace-create","timestamp":"9999-12-31T23:59:59.999-14:00","body":{"id":"OWN"}}""" },
        { "a span from the year 1 to the year 9999", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":"OWN-s","traceId":"OWN","startTime":"0001-01-01T00:00:00Z","endTime":"9999-12-31T23:59:59Z"}}""" },
        { "a span that ends before it starts", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":"OWN-s","traceId":"OWN","startTime":"2026-03-02T12:00:00Z","endTime":"2020-01-01T00:00:00Z"}}""" },
        { "a half surrogate", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","name":"\ud800"}}""" },
        { "a zero character", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","name":"a\u0000b","userId":"\u0000"}}""" },
        { "60 levels of nesting", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","input":DEEP}}""".Replace("DEEP", Bodies.Nested(27), StringComparison.Ordinal) },
        { "the same key twice", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","name":"a","name":"b"}}""" },
        { "a name of 100,000 characters", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","name":"LONG"}}""".Replace("LONG", new string('n', 100_000), StringComparison.Ordinal) },
        { "a thousand tags", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","tags":[TAGS]}}""".Replace("TAGS", string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"t{i}\"")), StringComparison.Ordinal) },
        { "usage beyond all integers", """{"id":"ID","type":"generation-create","timestamp":"AT","body":{"id":"OWN-g","traceId":"OWN","model":"gpt-4o","usageDetails":{"input":99999999999999999999,"output":9223372036854775807}}}""" },
        { "usage at the end of all integers, twice", """{"id":"ID","type":"generation-create","timestamp":"AT","body":{"id":"OWN-g","traceId":"OWN","model":"gpt-4o","usageDetails":{"input":9223372036854775807,"input_b":9223372036854775807,"output":9223372036854775807}}}""" },
        { "cost beyond all decimals", """{"id":"ID","type":"generation-create","timestamp":"AT","body":{"id":"OWN-g","traceId":"OWN","model":"gpt-4o","costDetails":{"input":1e300,"output":1e-300}}}""" },
        { "a number of a thousand digits", """{"id":"ID","type":"trace-create","timestamp":"AT","body":{"id":"OWN","metadata":{"n":NINES,"e":1e400}}}""".Replace("NINES", new string('9', 1000), StringComparison.Ordinal) },
        { "a parent that is itself", """{"id":"ID","type":"span-create","timestamp":"AT","body":{"id":"OWN-s","traceId":"OWN","parentObservationId":"OWN-s"}}""" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_bad_event_has_an_error_of_its_own_and_its_neighbours_are_stored(string what, string json)
    {
        var (answer, id) = await SendBetweenNeighboursAsync(what, json);
        var error = Assert.Single(answer.Errors);
        Assert.True(error.Status == 400, $"{what}: {answer}");
        Assert.True(error.Id == (json.Contains("\"ID\"", StringComparison.Ordinal) ? id : error.Id), $"{what}: {answer}");
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_event_is_stored_or_refused_and_harms_nobody(string what, string json)
    {
        var (answer, id) = await SendBetweenNeighboursAsync(what, json);
        Assert.All(answer.Errors, e => Assert.True(e.Status is >= 400 and < 500, $"{what}: {answer}"));
        if (answer.Successes.Contains(id))
        {
            var read = await silo.Client.GetAsync($"/api/public/traces/{Own(id)}", Cancel);
            Assert.True(read.Code is 200 or 404, $"{what}: {read}");
        }

        // What was stored must not stick in the read model's throat.
        var list = await silo.Client.GetAsync("/api/public/traces?limit=100", Cancel);
        Assert.True(list.Code == 200, $"{what}: {list}");
        var observations = await silo.Client.GetAsync("/api/public/observations?limit=100", Cancel);
        Assert.True(observations.Code == 200, $"{what}: {observations}");
    }

    [Fact]
    public async Task A_document_too_deep_to_read_is_refused_and_the_server_goes_on()
    {
        var body = """{"batch":[{"id":"x","type":"trace-create","timestamp":"2026-03-02T12:00:00Z","body":{"id":"deep","input":DEEP}}]}"""
            .Replace("DEEP", Bodies.Nested(50_000), StringComparison.Ordinal);
        var answer = await silo.Client.PostAsync(SiloClient.Ingestion, Bodies.Utf8(body), cancellationToken: Cancel);
        Assert.True(answer.Code is (>= 400 and < 500) or 207, $"{answer}");
        await SendBetweenNeighboursAsync("after it", """{"id":"ID","type":"trace-create","timestamp":"2026-03-02T12:00:00Z","body":{"id":"OWN"}}""");
    }

    [Fact]
    public async Task Broken_text_inside_an_event_is_refused_or_mended_and_the_server_goes_on()
    {
        var start = Bodies.Utf8("""{"batch":[{"id":"broken","type":"trace-create","timestamp":"2026-03-02T12:00:00Z","body":{"id":"broken","name":"a""");
        var end = Bodies.Utf8("""b"}}]}""");
        foreach (var rubbish in new byte[][] { [0xc3], [0xff], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80] })
        {
            var answer = await silo.Client.PostAsync(SiloClient.Ingestion, (byte[])[.. start, .. rubbish, .. end], cancellationToken: Cancel);
            Assert.True(answer.Code is 400 or 207, $"{Convert.ToHexString(rubbish)}: {answer}");
        }

        await SendBetweenNeighboursAsync("after it", """{"id":"ID","type":"trace-create","timestamp":"2026-03-02T12:00:00Z","body":{"id":"OWN"}}""");
    }

    private async Task<(Answer Answer, string Id)> SendBetweenNeighboursAsync(string what, string json)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = NewIds.For("bad");
        var name = NewIds.For("neighbours");
        var (before, after) = (Wire.Trace(NewIds.For("before"), now, name), Wire.Trace(NewIds.For("after"), now, name));
        var middle = json.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)
            .Replace("\"AT\"", "\"2026-03-02T12:00:00.000Z\"", StringComparison.Ordinal)
            .Replace("ID801", new string('x', 801), StringComparison.Ordinal)
            .Replace("OWN", Own(id), StringComparison.Ordinal);
        var batch = new StringBuilder("{\"batch\":[").AppendJoin(',', before.ToJsonString(), middle, after.ToJsonString()).Append("]}");

        var answer = await silo.Client.PostAsync(SiloClient.Ingestion, Bodies.Utf8(batch.ToString()), cancellationToken: Cancel);

        Assert.True(answer.Status == HttpStatusCode.MultiStatus, $"{what}: answered {answer}");
        foreach (var neighbour in new[] { before, after })
        {
            Assert.Contains(Wire.IdOf(neighbour), answer.Successes);
            var read = await silo.Client.GetAsync($"/api/public/traces/{(string)neighbour["body"]!["id"]!}", Cancel);
            Assert.True(read.Status == HttpStatusCode.OK, $"{what}: its neighbour answered {read}");
        }

        await Eventually.GetAsync(
            $"{what}: its neighbours in the list",
            TimeSpan.FromSeconds(1),
            () => silo.Client.GetAsync($"/api/public/traces?name={name}", Cancel),
            list => list.Status == HttpStatusCode.OK && list.Json["data"]!.AsArray().Count == 2,
            Cancel);
        return (answer, id);
    }

    private static string Own(string id) => $"own-{id}";
}
