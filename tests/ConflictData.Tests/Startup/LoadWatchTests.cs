using System.Collections.Concurrent;
using ConflictData.Query;
using ConflictData.Startup;
using ConflictData.Tests.Query;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Startup;

/// <summary>What is said while a load takes long.</summary>
public sealed class LoadWatchTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly TestLog commits = new();
    private readonly Engine engine;
    private readonly ReleaseFollower follower;

    public LoadWatchTests()
    {
        engine = new Engine(new Settings(), clock);
        follower = new ReleaseFollower(new LogStore(commits), engine, new Settings(), clock);
    }

    public async ValueTask DisposeAsync()
    {
        follower.Dispose();
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task It_says_again_and_again_how_far_it_is_and_gives_what_was_loaded()
    {
        commits.Add([TestLog.Place("a", "x"), TestLog.Place("b", "y")]);
        await follower.Current(TestContext.Current.CancellationToken);
        var (said, loading) = (new Said(), new TaskCompletionSource<int>());
        var watched = new LoadWatch(follower, engine, clock, said).Over(loading.Task);
        for (var round = 1; round <= 2; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            while (said.Lines.Count < round)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        loading.SetResult(7);
        Assert.Equal(7, await watched);
        Assert.Equal(Enumerable.Repeat("Loading goes on: release 1 is in memory, 2 revisions are read from the tables.", 2), said.Lines);
    }

    [Fact]
    public async Task A_short_load_is_silent()
    {
        var said = new Said();
        await new LoadWatch(follower, engine, clock, said).Over(Task.FromResult(1));
        Assert.Empty(said.Lines);
    }

    private sealed class Said : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
