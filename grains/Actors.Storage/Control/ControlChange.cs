namespace Actors.Storage.Control;

/// <summary>What nodes remember of the control plane.</summary>
[Flags]
internal enum ControlSubjects
{
    None = 0,

    /// <summary>Projects, organizations and their keys.</summary>
    Access = 1,

    /// <summary>Which version a prompt's name and label lead to, and what is in it.</summary>
    Prompts = 2,

    /// <summary>The ids of prompts' versions, which a version keeps until it is deleted.</summary>
    PromptIds = 4,

    ScoreConfigs = 8,

    Feedback = 16,

    Models = 32,

    /// <summary>Projects were deleted, and their data is due for erasure.</summary>
    Erasures = 64,

    All = 127,
}

/// <summary>A change of rows that nodes remember.</summary>
/// <param name="Subjects">Of what kind; none: nobody remembers them.</param>
/// <param name="Project">Whose; null: of any project.</param>
internal readonly record struct ControlChange(ControlSubjects Subjects, ProjectId? Project = null)
{
    /// <summary>The message to other nodes: the number of the subjects, and the project behind a space.</summary>
    public override string ToString() => FormattableString.Invariant($"{(int)Subjects} {Project}");

    /// <summary>Reads a message. Of one that a newer version sent and nobody here understands, everything has changed.</summary>
    public static ControlChange Parse(string message)
    {
        var space = message.IndexOf(' ', StringComparison.Ordinal);
        var project = message[(space + 1)..];
        return space > 0 && int.TryParse(message.AsSpan(0, space), out var subjects) && (project.Length == 0 || ProjectId.IsValid(project))
            ? new ControlChange((ControlSubjects)subjects, project.Length == 0 ? null : new ProjectId(project))
            : new ControlChange(ControlSubjects.All);
    }
}
