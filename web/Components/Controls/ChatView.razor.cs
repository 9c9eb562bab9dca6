using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls;

/// <summary>Input and output read as a conversation; what is none is shown as JSON.</summary>
public sealed partial class ChatView
{
    private const int Batch = 60;

    private IReadOnlyList<ChatMessage>? _input;
    private IReadOnlyList<ChatMessage>? _output;
    private IReadOnlyList<ChatMessage> _shown = [];
    private ChatMessage? _answer;
    private string? _readInput;
    private string? _readOutput;
    private int _wanted = Batch;
    private int _hidden;

    /// <summary>JSON text; null when none was sent.</summary>
    [Parameter]
    public string? Input { get; set; }

    /// <summary>JSON text; null when none was sent yet.</summary>
    [Parameter]
    public string? Output { get; set; }

    /// <summary>An answer may still come.</summary>
    [Parameter]
    public bool Running { get; set; }

    /// <summary>Facts about the answer, such as <c>611 tok · 308 tok/s</c>.</summary>
    [Parameter]
    public string? AnswerNote { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_readInput == Input && _readOutput == Output)
            return;

        if (_readInput != Input)
            _wanted = Batch;
        (_readInput, _readOutput) = (Input, Output);
        _input = ChatParser.Parse(Input, "user");
        _output = ChatParser.Parse(Output, "assistant");
        _answer = _output?[^1];
        Choose();
    }

    private void ShowEarlier()
    {
        _wanted += Batch;
        Choose();
    }

    // The end of a conversation is what is read; what came before is shown when asked for.
    private void Choose()
    {
        List<ChatMessage> all = [.. _input ?? [], .. _output ?? []];
        _hidden = Math.Max(0, all.Count - _wanted);
        _shown = _hidden == 0 ? all : all[_hidden..];
    }
}
