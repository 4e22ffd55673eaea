using ConflictData.RowFiles;

namespace ConflictData.Releases;

/// <summary>A revision as it is put aside. Its id is the first of its values.</summary>
internal sealed class RevisionFormat : RowFormat<Revision>
{
    public static RevisionFormat Instance { get; } = new();

    public override void Write(RowEncoder to, Revision row)
    {
        to.Dataset(row.Dataset);
        to.Byte((byte)row.Action);
        to.Text(row.Reason);
        to.Values(row.Dataset, row.Values);
    }

    public override Revision Read(ref RowDecoder from)
    {
        var dataset = from.Dataset();
        var action = (RevisionAction)from.Byte();
        var reason = from.Text();
        var values = from.Values(dataset);
        return new(dataset, (string)values[0]!, action, reason, values);
    }
}
