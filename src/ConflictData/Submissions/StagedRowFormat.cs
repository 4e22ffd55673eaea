using ConflictData.Releases;
using ConflictData.RowFiles;

namespace ConflictData.Submissions;

/// <summary>A staged row as it is put aside, with all that it knows of how it was sent.</summary>
internal sealed class StagedRowFormat : RowFormat<StagedRow>
{
    public static StagedRowFormat Instance { get; } = new();

    public override void Write(RowEncoder to, StagedRow row)
    {
        var source = row.Source;
        to.Dataset(source.Dataset);
        to.Number(source.Row);
        to.Number(source.Line);
        to.Number(source.Present);
        to.Texts([source.Action]);
        to.Texts(source.Cells);
        to.Byte((byte)row.Action);
        to.Values(source.Dataset, row.Values);
    }

    public override StagedRow Read(ref RowDecoder from)
    {
        var dataset = from.Dataset();
        var source = new IncomingRow
        {
            Dataset = dataset,
            Row = from.SmallNumber(),
            Line = from.SmallNumber(),
            Present = from.Number(),
            Action = from.Texts()[0],
            Cells = from.Texts(),
        };
        return new(source, (RevisionAction)from.Byte(), from.Values(dataset));
    }
}
