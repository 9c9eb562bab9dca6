namespace Actors.LoadGen.Workload;

/// <summary>What differs between two traces of the same template.</summary>
internal enum SlotKind
{
    /// <summary>32 hexadecimal digits.</summary>
    TraceId,

    /// <summary>16 hexadecimal digits; the argument is the ordinal of the observation.</summary>
    ObservationId,

    /// <summary>A UUID of 36 characters; the argument is an ordinal.</summary>
    Uuid,

    /// <summary>8 hexadecimal digits, the same for ten traces in a row.</summary>
    SessionId,

    /// <summary>24 characters; the argument is the offset from the trace's start in milliseconds.</summary>
    Time,
}

/// <summary>A place of fixed width in a template.</summary>
internal readonly record struct Slot(int Offset, SlotKind Kind, int Argument);
