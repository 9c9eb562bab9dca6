using System.Reflection;
using Actors.Prompts;

namespace Actors.Components;

/// <summary>A store with one prompt, that can only be listed.</summary>
public class FakePrompts : DispatchProxy
{
    public static IPromptStore Create() => Create<IPromptStore, FakePrompts>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IPromptStore.ListAsync)
        ? Task.FromResult(new Slice<PromptSummary>([new("greet-7", PromptType.Text, [1, 2], [], [], DateTimeOffset.UnixEpoch, "{}")], 1))
        : throw new NotSupportedException(targetMethod.Name);
}
