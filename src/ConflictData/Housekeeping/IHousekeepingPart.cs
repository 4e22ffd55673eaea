namespace ConflictData.Housekeeping;

/// <summary>
/// Something that is put in order from time to time. Idempotent; harmless when two instances do it at once, and when it is
/// broken off at any point.
/// </summary>
public interface IHousekeepingPart
{
    Task Run(CancellationToken cancellation);
}
