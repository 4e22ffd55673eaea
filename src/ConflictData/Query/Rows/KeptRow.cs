using ConflictData.Datasets;
using ConflictData.RowFiles;

namespace ConflictData.Query;

/// <summary>A revision with all columns of its dataset, as its table has them.</summary>
/// <param name="IsEverLive">False for the tombstone of a retraction, and for what its own release replaced.</param>
/// <param name="Values">One a column, in the schema's order.</param>
internal readonly record struct KeptRow(bool IsEverLive, object?[] Values);

/// <summary>Such a row as it is put aside.</summary>
internal sealed class KeptRowFormat(Dataset dataset) : RowFormat<KeptRow>
{
    public override void Write(RowEncoder to, KeptRow row)
    {
        to.Byte(row.IsEverLive ? (byte)1 : (byte)0);
        to.Values(dataset, row.Values);
    }

    public override KeptRow Read(ref RowDecoder from) => new(from.Byte() == 1, from.Values(dataset));
}
