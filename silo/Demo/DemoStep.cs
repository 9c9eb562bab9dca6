namespace Actors.Silo.Demo;

/// <summary>A moment of a conversation: what the copilot's SDK sends, and how long nothing happens after it.</summary>
/// <param name="Events">Makes the events of that moment from its time.</param>
/// <param name="Pause">The time to the next step.</param>
internal readonly record struct DemoStep(Func<DateTimeOffset, IReadOnlyList<object>> Events, TimeSpan Pause);
