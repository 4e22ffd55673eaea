using System.Buffers;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>How the rows of an $apply are written. Where a concat put rows of several structures together, each is written by its own.</summary>
internal static class ApplyRows
{
    public static RowShape Of(ODataRequest request, ApplyPlan plan)
    {
        string[] names = [.. plan.Output.Properties.SelectMany(property => property.ColumnNames)];
        RowShape[] shapes = [.. plan.Output.Structures.Select(structure => Of(request, new ApplyFields(request, plan, structure), names))];
        return plan.PlaceOf(Structure.Column) is { } column ? Mixed(shapes, column, names) : shapes[0];
    }

    private static RowShape Of(ODataRequest request, ApplyFields fields, IReadOnlyList<string> names)
    {
        if (RowShape.IsUsual(request.Representation))
        {
            var rows = new JsonRows(fields.Usual);
            return new(names, rows.Write, rows.WriteLines);
        }
        var styled = new StyledRows(fields.Styled, fields.Identity, RowShape.Style(request));
        return new(names, styled.Write, styled.WriteLines);
    }

    private static RowShape Mixed(RowShape[] shapes, int column, IReadOnlyList<string> names)
    {
        return new(names, Objects, Lines);

        void Objects(QueryRows rows, int from, int count, IBufferWriter<byte> output)
        {
            foreach (var (structure, first, length) in Runs(rows, column, from, count))
            {
                if (first > from)
                {
                    output.Write(","u8);
                }
                shapes[structure].Objects(rows, first, length, output);
            }
        }

        void Lines(QueryRows rows, int from, int count, IBufferWriter<byte> output)
        {
            foreach (var (structure, first, length) in Runs(rows, column, from, count))
            {
                shapes[structure].Lines(rows, first, length, output);
            }
        }
    }

    /// <summary>Rows that follow each other and have one structure.</summary>
    private static IEnumerable<(int Structure, int First, int Length)> Runs(QueryRows rows, int column, int from, int count)
    {
        for (var first = from; first < from + count;)
        {
            var structure = At(first);
            var next = first + 1;
            while (next < from + count && At(next) == structure)
            {
                next++;
            }
            yield return (structure, first, next - first);
            first = next;
        }

        int At(int row)
        {
            var chunk = rows.ChunkOf(row);
            return chunk.Vector(column).Get<int>(row - chunk.FirstRow);
        }
    }
}
