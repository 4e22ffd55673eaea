using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>
/// Stops what runs on a connection once a token is cancelled. An interrupt between two statements is lost on the engine,
/// so it is repeated until this is disposed; a connection that was <see cref="Fired"/> at must not be used again.
/// </summary>
internal sealed class Interrupter : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly DuckDBConnection connection;
    private readonly CancellationTokenRegistration registration;
    private ITimer? repeat;
    private bool over;

    public Interrupter(DuckDBConnection connection, CancellationToken stop)
    {
        this.connection = connection;
        registration = stop.Register(Fire);
    }

    public bool Fired { get; private set; }

    public void Dispose()
    {
        registration.Dispose();
        lock (gate)
        {
            over = true;
            repeat?.Dispose();
        }
    }

    private void Fire()
    {
        lock (gate)
        {
            Fired = true;
            repeat = over ? null : TimeProvider.System.CreateTimer(_ => Interrupt(), null, TimeSpan.Zero, Again);
        }
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!over)
            {
                connection.NativeConnection.Interrupt();
            }
        }
    }
}
