using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConflictData.Telemetry;

/// <summary>Times a piece of work: a span for whoever traces, a measure for whoever counts. Ends when it is disposed.</summary>
public readonly struct Timing : IDisposable
{
    private readonly Histogram<double> seconds;
    private readonly string tag;
    private readonly string value;
    private readonly Activity? span;
    private readonly long began;

    private Timing(Histogram<double> seconds, string tag, string value)
    {
        (this.seconds, this.tag, this.value) = (seconds, tag, value);
        span = Instruments.Activities.StartActivity(value);
        began = Stopwatch.GetTimestamp();
    }

    /// <summary>Begins.</summary>
    /// <param name="seconds">Where it is measured.</param>
    /// <param name="tag">The measure's tag.</param>
    /// <param name="value">The tag's value here, and the name of the span.</param>
    public static Timing Of(Histogram<double> seconds, string tag, string value) => new(seconds, tag, value);

    /// <summary>Ends.</summary>
    public void Dispose()
    {
        seconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>(tag, value));
        span?.Dispose();
    }
}
