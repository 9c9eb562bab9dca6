using System.Text.Json;

namespace Actors.Web.Tests;

/// <summary>Whatever the bodies of the control plane hold, they are taken or refused, and the next one is served.</summary>
public sealed class ControlPlaneFuzzTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const int Seed = 20261125;
    private const int Rounds = 400;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e999", "0.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[]]]]", "[null]", "[\"a\"]", "[{}]",
        "[{\"role\":\"user\",\"content\":\"{{x}}\"}]", "[{\"type\":\"placeholder\",\"name\":\"x\"}]", "[{\"label\":\"a\",\"value\":1}]",
        "\"@@@langfusePrompt:name=x|version=1@@@\"", "\"@@@langfusePrompt:name=|label=@@@\"", "\"chat\"", "\"text\"", "\"NUMERIC\"", "\"CATEGORICAL\"",
        "\"TRACE\"", "\"PROMPT\"", "\"openai\"", "\"bedrock\"", "{\"region\":1}", "{\"a\":\"b\"}", "\"http://[\"", "\"https://x\"", "99999999999999999999",
    ];

    private static readonly (string Method, string Path, string[] Fields)[] Doors =
    [
        ("POST", "/v2/prompts", ["name", "type", "prompt", "config", "labels", "tags", "commitMessage"]),
        ("POST", "/prompts", ["name", "type", "prompt", "isActive", "labels"]),
        ("PATCH", "/v2/prompts/x/versions/1", ["newLabels"]),
        ("POST", "/score-configs", ["name", "dataType", "categories", "minValue", "maxValue", "description"]),
        ("PATCH", "/score-configs/x", ["name", "isArchived", "categories", "minValue", "maxValue"]),
        ("POST", "/comments", ["projectId", "objectType", "objectId", "content", "authorUserId"]),
        ("POST", "/annotation-queues", ["name", "description", "scoreConfigIds"]),
        ("POST", "/annotation-queues/x/items", ["objectId", "objectType", "status"]),
        ("POST", "/annotation-queues/x/assignments", ["userId"]),
        ("PUT", "/llm-connections", ["provider", "adapter", "secretKey", "baseURL", "customModels", "withDefaultModels", "extraHeaders", "config"]),
    ];

    [Fact]
    public async Task No_body_gets_a_5xx()
    {
        var random = new Random(Seed);
        foreach (var (method, path, fields) in Doors)
        {
            for (var round = 0; round < Rounds / Doors.Length; round++)
            {
                var body = "{" + string.Join(',', fields.Where(_ => random.Next(8) > 0).Select(f => $"\"{f}\":{Values[random.Next(Values.Length)]}")) + "}";
                if (random.Next(10) == 0)
                {
                    body = body[..random.Next(body.Length)];
                }

                var (status, answer) = await stored.Server.SendAsync(new HttpMethod(method), "/api/public" + path, body);
                Assert.True((int)status < 500, $"Seed {Seed}: {method} {path} {body} got {(int)status} {answer}");
                using var json = JsonDocument.Parse(answer);
            }
        }
    }
}
