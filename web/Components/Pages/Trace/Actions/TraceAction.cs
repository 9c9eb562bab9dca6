namespace Actors.Web.Components.Pages.Trace.Actions;

/// <summary>What can be done to a trace or an observation with a form.</summary>
public enum TraceAction
{
    /// <summary>Give a score.</summary>
    Score,

    /// <summary>Say what should have come out.</summary>
    Correct,

    /// <summary>Add it to a dataset.</summary>
    Dataset,

    /// <summary>Add it to an annotation queue.</summary>
    Queue,

    /// <summary>Let others read it.</summary>
    Share,

    /// <summary>Change its tags.</summary>
    Tags,

    /// <summary>Compare it with another.</summary>
    Compare,

    /// <summary>Delete it.</summary>
    Delete,
}
