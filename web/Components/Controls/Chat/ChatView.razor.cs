using Actors.Tracing;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Chat;

/// <summary>Input and output read as a conversation; what is none is shown as JSON.</summary>
public sealed partial class ChatView
{
    private const int Batch = 60;

    private IReadOnlyList<ChatMessage>? _input;
    private IReadOnlyList<ChatMessage>? _output;
    private List<ChatMessage> _shown = [];
    private ChatMessage? _answer;
    private string? _readInput;
    private string? _readOutput;
    private string? _readPrevious;
    private int _wanted = Batch;
    private int _hidden;
    private int _seen;
    private bool _showSeen;

    /// <summary>JSON text; null when none was sent.</summary>
    [Parameter]
    public string? Input { get; set; }

    /// <summary>JSON text; null when none was sent yet.</summary>
    [Parameter]
    public string? Output { get; set; }

    /// <summary>The call of a model that this one goes on from: what was said there is folded.</summary>
    [Parameter]
    public ObservationRecord? Previous { get; set; }

    /// <summary>Where the previous call is shown.</summary>
    [Parameter]
    public string? PreviousAddress { get; set; }

    /// <summary>An answer may still come.</summary>
    [Parameter]
    public bool Running { get; set; }

    /// <summary>Facts about the answer, such as <c>611 tok · 308 tok/s</c>.</summary>
    [Parameter]
    public string? AnswerNote { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_readInput == Input && _readOutput == Output && _readPrevious == Previous?.Id)
            return;

        if (_readInput != Input)
            _wanted = Batch;
        (_readInput, _readOutput, _readPrevious) = (Input, Output, Previous?.Id);
        _input = ChatParser.Parse(Input, "user");
        _output = ChatParser.Parse(Output, "assistant");
        _seen = Previous is null || _input is null
            ? 0
            : ChatJoin.Seen([.. ChatParser.Parse(Previous.Input, "user") ?? [], .. ChatParser.Parse(Previous.Output, "assistant") ?? []], _input);
        Choose();
    }

    private void ToggleSeen()
    {
        _showSeen = !_showSeen;
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
        var all = ChatJoin.Results([.. (_input ?? []).Skip(_showSeen ? 0 : _seen), .. _output ?? []]);
        _answer = _output is null ? null : all[^1];
        _hidden = Math.Max(0, all.Count - _wanted);
        _shown = _hidden == 0 ? all : all[_hidden..];
    }
}
