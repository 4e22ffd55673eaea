using System.Globalization;

namespace ConflictData.Query;

/// <summary>
/// How much of the engine's memory its tables hold, and whether more rows may come. A release that is committed and does not fit could be
/// taken over by no instance: the engine breaks, and so does that of any instance which starts. So it is refused before. Of what the engine may
/// take a tenth is left for small changes, such as corrections. The local disk, on which the engine lays down what memory has no place for, is
/// not counted: queries need it, and the loading of a checkpoint.
/// </summary>
/// <param name="Held">Bytes that the tables hold with their indexes, in memory or, where that is short, on the local disk.</param>
/// <param name="Limit">Bytes that the engine may take.</param>
public readonly record struct EngineRoom(long Held, long Limit)
{
    /// <summary>What a revision takes beside its values: its places in the index and in the columns.</summary>
    private const int BytesOfRow = 64;

    /// <summary>Values take about a half once they are compressed, digits at random as well.</summary>
    internal const int Compression = 2;

    /// <summary>A change is small up to this part of the limit.</summary>
    private const int SmallPart = 100;

    /// <summary>What the tables hold, as a share of the limit.</summary>
    public double Share => (double)Held / Limit;

    private long LimitOfLarge => Limit / 10 * 9;

    /// <summary>About how many bytes revisions will hold.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="bytes">Bytes of all their values.</param>
    public static long Needed(long rows, long bytes) => (rows * BytesOfRow) + (bytes / Compression);

    /// <summary>Why there is no room for so many bytes more, and what helps; null where there is.</summary>
    public string? Refusal(long needed)
    {
        var isSmall = needed <= Limit / SmallPart;
        return Held + needed <= (isSmall ? Limit : LimitOfLarge) ? null : string.Create(CultureInfo.InvariantCulture,
            $"The engine holds {Megabytes(Held)} of the {Megabytes(Limit)} MB that it may take, and this would take some {Megabytes(needed)} MB more. {(isSmall ? "" : $"From {Megabytes(LimitOfLarge)} MB on only small changes are taken. ")}Send less, or have the setting EngineMemory raised by whoever runs the app, on an instance that has the memory.");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString(bytes < 10_000_000 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
