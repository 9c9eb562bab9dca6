using System.Text.RegularExpressions;
using Actors.Connections;

namespace Actors.Web.Api.Connections;

/// <summary>Reads connections to model providers and checks what their adapter wants (langfuse-api §17).</summary>
internal static partial class LlmConnectionBodyReader
{
    private const string Adapters = "anthropic, openai, azure, bedrock, google-vertex-ai, google-ai-studio";
    private const int MaxProviderLength = 255;

    // The key of a Google service account is a JSON document with a certificate.
    private const int MaxSecretLength = 20_000;
    private const int MaxUrlLength = 2000;
    private const int MaxModels = 500;
    private const int MaxModelLength = 255;
    private const int MaxHeaders = 50;
    private const int MaxHeaderLength = 8000;
    private const int MaxPlaceLength = 100;

    /// <summary>The connection; null when <paramref name="body"/> says what is wrong.</summary>
    public static LlmConnectionSettings? Read(BodyReader body)
    {
        var adapter = body.OneOf("adapter", ParseAdapter, Adapters, required: true);
        var models = body.Texts("customModels", maxCount: MaxModels, maxLength: MaxModelLength) ?? [];
        if (models.Any(string.IsNullOrEmpty))
        {
            body.Refuse("too_small", "customModels", "Too small: expected string to have >=1 characters");
        }

        var settings = new LlmConnectionSettings
        {
            Provider = body.Text("provider", required: true, min: 1, max: MaxProviderLength) ?? "",
            Adapter = adapter ?? LlmAdapter.OpenAi,
            SecretKey = body.Text("secretKey", required: true, min: 1, max: MaxSecretLength) ?? "",
            BaseUrl = ReadUrl(body),
            CustomModels = models,
            WithDefaultModels = body.Flag("withDefaultModels") ?? true,
            ExtraHeaders = ReadHeaders(body),
            Config = adapter is { } known ? ReadConfig(body, known) : null,
        };
        return body.Problem is null ? settings : null;
    }

    public static string ToWire(this LlmAdapter adapter) => adapter switch
    {
        LlmAdapter.Anthropic => "anthropic",
        LlmAdapter.OpenAi => "openai",
        LlmAdapter.Azure => "azure",
        LlmAdapter.Bedrock => "bedrock",
        LlmAdapter.VertexAi => "google-vertex-ai",
        _ => "google-ai-studio",
    };

    private static LlmAdapter? ParseAdapter(string text) => text switch
    {
        "anthropic" => LlmAdapter.Anthropic,
        "openai" => LlmAdapter.OpenAi,
        "azure" => LlmAdapter.Azure,
        "bedrock" => LlmAdapter.Bedrock,
        "google-vertex-ai" => LlmAdapter.VertexAi,
        "google-ai-studio" => LlmAdapter.GoogleAiStudio,
        _ => null,
    };

    private static string? ReadUrl(BodyReader body)
    {
        if (body.Text("baseURL", max: MaxUrlLength) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 && url.UserInfo.Length == 0)
        {
            return text;
        }

        body.Refuse("invalid_format", "baseURL", "Invalid URL: expected an absolute http or https address without a user");
        return null;
    }

    private static Dictionary<string, string> ReadHeaders(BodyReader body)
    {
        var headers = new Dictionary<string, string>();
        if (body.Object("extraHeaders") is not { } read)
        {
            return headers;
        }

        foreach (var name in read.Names())
        {
            if (headers.Count == MaxHeaders)
            {
                body.Refuse("too_big", "extraHeaders", $"Too big: expected at most {MaxHeaders} headers");
                break;
            }

            var value = read.Text(name, required: true, max: MaxHeaderLength);
            if (!HeaderName().IsMatch(name) || value is not null && value.Any(char.IsControl))
            {
                read.Refuse("invalid_format", name, "Invalid input: expected the name and the value of an HTTP header");
            }

            headers[name] = value ?? "";
        }

        return headers;
    }

    private static string? ReadConfig(BodyReader body, LlmAdapter adapter)
    {
        var config = body.Object("config", required: adapter == LlmAdapter.Bedrock);
        if (config is null)
        {
            return null;
        }

        switch (adapter)
        {
            case LlmAdapter.Bedrock:
                config.RefuseOthers("region");
                config.Text("region", required: true, min: 1, max: MaxPlaceLength, Place(), "a region such as eu-central-1");
                break;
            case LlmAdapter.VertexAi:
                config.RefuseOthers("location");
                config.Text("location", required: true, min: 1, max: MaxPlaceLength, Place(), "a location such as europe-west4");
                break;
            case LlmAdapter.OpenAi:
                config.RefuseOthers("useResponsesApi");
                config.Flag("useResponsesApi", required: true);
                break;
            default:
                body.Refuse("custom", "config", $"Config is not supported for the adapter {adapter.ToWire()}");
                break;
        }

        return body.Json("config");
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~\-]+\z")]
    private static partial Regex HeaderName();

    // It becomes a part of a host name.
    [GeneratedRegex(@"^[a-z0-9\-]+\z")]
    private static partial Regex Place();
}
