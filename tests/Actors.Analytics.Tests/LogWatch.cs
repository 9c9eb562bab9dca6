using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Actors.Analytics;

/// <summary>Tells when something is logged for the first time.</summary>
internal sealed class LogWatch : ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _said = [];

    public Task<string> WhenSaid(int eventId) => Source(eventId).Task;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Source(eventId.Id).TrySetResult(formatter(state, exception));

    public void Dispose()
    {
    }

    private TaskCompletionSource<string> Source(int eventId) =>
        _said.GetOrAdd(eventId, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
