using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ConflictData.Telemetry;

namespace ConflictData.Tests.Telemetry;

/// <summary>What the instruments tell of the work of one test; other tests work at the same time and are not heard.</summary>
internal sealed class Heard : IDisposable
{
    private static readonly AsyncLocal<Heard?> Here = new();

    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> told = new();

    private Heard()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Instruments.Name)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    public static Heard Begin() => Here.Value = new Heard();

    /// <summary>The values of an instrument with their tags, in order.</summary>
    public IReadOnlyList<(double Value, string Tags)> Of(string instrument) =>
        [.. told.Where(item => item.Instrument == instrument).Select(item => (item.Value, item.Tags))];

    public void Dispose()
    {
        listener.Dispose();
        Here.Value = null;
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Here.Value == this)
        {
            told.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        }
    }
}
