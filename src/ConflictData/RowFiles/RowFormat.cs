namespace ConflictData.RowFiles;

/// <summary>How rows of a kind are put aside.</summary>
internal abstract class RowFormat<T>
{
    public abstract void Write(RowEncoder to, T row);

    public abstract T Read(ref RowDecoder from);
}
