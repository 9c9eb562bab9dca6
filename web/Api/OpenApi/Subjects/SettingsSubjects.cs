using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>How a project is set up, and whether the server runs.</summary>
internal static class SettingsSubjects
{
    public static ApiSubject Models { get; } = new("Models", "What models cost: the project's own, which go first, and the built-in ones.")
    {
        Operations =
        [
            Get("/models", "Lists models").Query(Paging()).Answer<PageBody<ModelBody>>(),
            Post("/models", "Creates a model").Says("Flat prices or pricingTiers. What comes later is priced by it.")
                .Body(
                    Text("modelName").Required(),
                    Text("matchPattern", "a regular expression for the names that applications send").Required(),
                    Time("startDate"),
                    Text("unit").OneOf("CHARACTERS", "TOKENS", "MILLISECONDS", "SECONDS", "IMAGES", "REQUESTS"),
                    Number("inputPrice", "USD per unit").Between(0, null),
                    Number("outputPrice", "USD per unit").Between(0, null),
                    Number("totalPrice", "USD per unit, without the two others").Between(0, null),
                    Text("tokenizerId").OneOf("openai", "claude"),
                    Object("tokenizerConfig"),
                    Objects("pricingTiers").With(
                        Text("name").Required(),
                        Flag("isDefault").Required(),
                        Integer("priority", "0 for the default tier").Between(0, null).Required(),
                        Objects("conditions", "none for the default tier").Required().With(
                            Text("usageDetailPattern", "a regular expression for kinds of usage, or source and key"),
                            Text("source").OneOf("model_parameters", "metadata"),
                            Text("key"),
                            Text("operator").Required(),
                            Number("value"),
                            Flag("caseSensitive"),
                            Texts("values")),
                        Object("prices", "USD per unit of each kind of usage").Required()))
                .Answer<ModelBody>(),
            Get("/models/{modelId}", "Gets a model").Answer<ModelBody>().Refuse(404),
            Delete("/models/{modelId}", "Deletes a model of the project").Answer<MessageBody>().Refuse(404),
        ],
    };

    public static ApiSubject Connections { get; } = new("LLM connections", "Model providers with their secrets, which are stored encrypted and never answered.")
    {
        Operations =
        [
            Get("/llm-connections", "Lists connections").Query(Paging()).Answer<PageBody<LlmConnectionBody>>(),
            Put("/llm-connections", "Sets the connection of a provider as a whole")
                .Body(
                    Text("provider").Between(1, 255).Required(),
                    Text("adapter").OneOf("anthropic", "openai", "azure", "bedrock", "google-vertex-ai", "google-ai-studio").Required(),
                    Text("secretKey").Between(1, 20_000).Required(),
                    Text("baseURL").UpTo(2000),
                    Texts("customModels").UpTo(500),
                    Flag("withDefaultModels").Default(true),
                    Object("extraHeaders", "up to 50"),
                    Object("config", "bedrock: region; google-vertex-ai: location; openai: useResponsesApi"))
                .Answer<LlmConnectionBody>(note: "changed").Answer<LlmConnectionBody>(201, "created"),
            Delete("/llm-connections/{id}", "Deletes a connection").Answer<MessageBody>().Refuse(404),
        ],
    };

    public static ApiSubject Health { get; } = new("Health", "Whether the server runs.")
    {
        Access = ApiAccess.None,
        Operations =
        [
            Get("/health", "Says that the server runs, and which version of the contract it keeps")
                .Query(
                    Flag("failIfDatabaseUnavailable", "asks the database too").Default(false),
                    Flag("failIfNoRecentEvents", "asks whether any project received events in the last three minutes").Default(false))
                .Answer<HealthBody>().Answer<HealthBody>(503, "the database does not answer, or no events came"),
            Get("/ready", "Says whether the server takes requests").Answer<HealthBody>().Answer<HealthBody>(500, "not yet, or no longer"),
        ],
    };
}
