using System.Collections.Concurrent;
using ConflictData.Submissions;
using Microsoft.Extensions.Logging;

namespace ConflictData.Tests.Submissions;

/// <summary>What a round of the inbox says; a test may do something just when it says it.</summary>
internal sealed class InboxLog : ILogger<InboxRound>
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Called with each line before the round goes on.</summary>
    public Action<string>? OnLine { get; set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue($"{formatter(state, exception)} {exception}");
        OnLine?.Invoke(formatter(state, exception));
    }
}
