namespace ConflictData.Submissions;

/// <summary>
/// The memory of this process for rows that are checked and compared, of all submissions over HTTP together. It is taken before the first
/// row is read; whoever waits for it in vain is told to come again. Files of the inbox have a limit of their own and come one by one.
/// </summary>
public sealed class RowRoom
{
    /// <summary>What memory holds of a row that is put aside: its id, where it lies, and what the rules over all rows need of it.</summary>
    internal const int BytesOfRow = 640;

    /// <summary>The rest is for contents, files of the inbox, the engine, and what else runs.</summary>
    private const int Share = 4;

    private readonly PayloadRoom room;

    /// <summary>A quarter of the memory that the process may have.</summary>
    public RowRoom()
        : this((int)Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share / 1024 / 1024, int.MaxValue), TimeSpan.FromSeconds(SubmissionLimits.ContentWaitSeconds))
    {
    }

    internal RowRoom(int megabytes, TimeSpan patience) => room = new(Math.Max(1, megabytes), patience);

    /// <summary>Begins to take room; what was taken is given back when the visit is disposed.</summary>
    internal PayloadRoom.Visit Enter() => room.Enter();

    /// <summary>What the rows of files take at most, of which no more than so many are read.</summary>
    internal static long BytesOf(IEnumerable<PayloadFile> files, int mostRows)
    {
        var (bytes, left) = (0L, mostRows);
        foreach (var file in files)
        {
            var read = Math.Min(Rows(file), left);
            bytes += (long)read * BytesOfRow;
            left -= read;
        }

        return bytes;
    }

    /// <summary>How many rows a file has at most; to read them would take what is asked for.</summary>
    private static int Rows(PayloadFile file) => 1 + (file.Format == RowFormat.Json
        ? file.Bytes.Span.Count((byte)'}')
        : Math.Max(file.Bytes.Span.Count((byte)'\n'), file.Bytes.Span.Count((byte)'\r')));
}
