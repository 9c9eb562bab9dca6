using Actors.Contracts;
using Actors.Prompts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>What models are told.</summary>
internal static class PromptSubjects
{
    private static readonly Field[] OfVersion =
    [
        Text("name").Between(1, PromptRules.MaxNameLength).Required(),
        Text("type").OneOf("text", "chat").Default("text"),
        Json("prompt", "a text, or a list of messages: role and content, or a placeholder with its name").Required(),
        Json("config"),
        Texts("labels").UpTo(PromptRules.MaxListLength),
        Texts("tags", "of all versions").UpTo(PromptRules.MaxListLength),
        Text("commitMessage").UpTo(PromptRules.MaxCommitMessageLength),
    ];

    private static readonly Field[] Selector = [Integer("version"), Text("label", "not together with version")];

    public static ApiSubject Prompts { get; } = new("Prompts", "Texts and chats with versions; labels say which version serves what.")
    {
        Operations =
        [
            Get("/v2/prompts", "Lists prompts")
                .Query(
                [
                    .. Paging(10),
                    Text("name"),
                    Integer("version"),
                    Text("label"),
                    Text("tag"),
                    .. Between("fromUpdatedAt", "toUpdatedAt"),
                ])
                .Answer<PromptPageBody>(),
            Post("/v2/prompts", "Creates a prompt, or its next version").Body(OfVersion).Answer<PromptBody>(201).Refuse(409),
            Get("/v2/prompts/{name}", "Gets a version of a prompt")
                .Says("The one labelled production unless told otherwise. A slash in the name is escaped.")
                .Query([.. Selector, Flag("resolve", "whether embedded prompts are put in").Default(true)])
                .Answer<PromptBody>().Refuse(404, 409),
            Delete("/v2/prompts/{name}", "Deletes a prompt, or some of its versions")
                .Query(Selector).AnswerNothing(204, "deleted").Refuse(404, 409),
            Patch("/v2/prompts/{name}/versions/{version}", "Moves labels to a version")
                .Body(Texts("newLabels", "taken from other versions; latest moves by itself").UpTo(PromptRules.MaxListLength).Required())
                .Answer<PromptBody>().Refuse(404, 409),
            Get("/prompts", "Gets a version of a prompt, in the oldest form")
                .Query(Text("name").Required(), Integer("version")).Answer<PromptBody>().Refuse(404, 409),
            Post("/prompts", "Creates a prompt, or its next version, in the oldest form")
                .Body([Flag("isActive", "labels it production").Required(), .. OfVersion]).Answer<PromptBody>(201).Refuse(409),
        ],
    };
}
