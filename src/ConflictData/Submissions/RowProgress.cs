namespace ConflictData.Submissions;

/// <summary>How many rows of a submission its worker is done with.</summary>
/// <param name="Read">Rows read from the payload.</param>
/// <param name="Checked">Rows that were checked by themselves.</param>
/// <param name="Written">Revisions in storage; they count once the submission is committed.</param>
public readonly record struct RowsDone(int Read, int Checked, int Written);

/// <summary>Counts the rows that are done; by several threads, while others look.</summary>
internal sealed class RowProgress
{
    private int read;
    private int passed;
    private int written;

    public RowsDone Done => new(Volatile.Read(ref read), Volatile.Read(ref passed), Volatile.Read(ref written));

    public void Read(int rows) => Interlocked.Add(ref read, rows);

    public void Checked(int rows) => Interlocked.Add(ref passed, rows);

    public void Written(int rows) => Interlocked.Add(ref written, rows);

    /// <summary>Another attempt writes all of them again.</summary>
    public void NoneWritten() => Volatile.Write(ref written, 0);
}
