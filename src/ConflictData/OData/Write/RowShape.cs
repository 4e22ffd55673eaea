using System.Buffers;
using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>Writes a range of the rows of a result.</summary>
internal delegate void RowsWriter(QueryRows rows, int from, int count, IBufferWriter<byte> output);

/// <summary>How the rows of one read are written.</summary>
/// <param name="Names">The columns of CSV: those of the result from its second on.</param>
/// <param name="Objects">Writes JSON objects with commas between.</param>
/// <param name="Lines">Writes JSON objects, each on a line of its own.</param>
internal sealed record RowShape(IReadOnlyList<string> Names, RowsWriter Objects, RowsWriter Lines)
{
    /// <summary>The shape of records that have the given columns, from the second of the result on.</summary>
    public static RowShape Of(ODataRequest request, IReadOnlyList<Column> columns)
    {
        string[] names = [.. columns.Select(column => column.Name)];
        if (IsUsual(request.Representation) || request.Target.IsReference)
        {
            var rows = new JsonRows([.. columns.Select((column, index) => new JsonField(column.Name, index + 1))]);
            return new(names, rows.Write, rows.WriteLines);
        }
        var styled = new StyledRows([.. columns.Select((column, index) => Field(request, column, column.Name, index + 1))], Identity(request, columns), Style(request));
        return new(names, styled.Write, styled.WriteLines);
    }

    /// <summary>The shape of a single property under the name value.</summary>
    public static RowsWriter OfValue(ODataRequest request, Column column) => IsUsual(request.Representation)
        ? new JsonRows([new JsonField("value", 1)]).Write
        : new StyledRows([Field(request, column, "value", 1)], null, Style(request)).Write;

    /// <summary>The columns to read: full metadata names each record by its key, whether or not it is selected.</summary>
    public static IReadOnlyList<Column> ToRead(ODataRequest request, IReadOnlyList<Column> columns) =>
        IsFull(request) && !columns.Contains(KeyOf(request)) ? [.. columns, KeyOf(request)] : columns;

    /// <summary>The form that the client chose, where records within records cannot be written in it; null where they can.</summary>
    public static string? WhyNotExpanded(ODataRequest request) =>
        request.Representation.Format == AnswerFormat.Csv ? "CSV"
        : IsUsual(request.Representation) ? null
        : "full metadata, with whole numbers as text or without nulls";

    /// <summary>True for the form that nearly all clients ask for: records depend on nothing but their values.</summary>
    public static bool IsUsual(Representation representation) =>
        !representation.OmitsNulls && representation.Form is { LongsAsText: false, Metadata: not MetadataLevel.Full };

    private static bool IsFull(ODataRequest request) => !request.Target.IsReference && request.Representation.Form is { Format: AnswerFormat.Json, Metadata: MetadataLevel.Full };

    private static Column KeyOf(ODataRequest request) => request.Target.Dataset!.Columns[0];

    private static JsonStyle Style(ODataRequest request) => new(request.Representation.Form.LongsAsText, request.Representation.OmitsNulls);

    private static StyledField Field(ODataRequest request, Column column, string name, int index)
    {
        var kind = ODataModel.KindOf(column.Type);
        // A string or a truth value is one by its looks; 4.01 leaves the # away before the standard's own types.
        var annotated = IsFull(request) && kind is not (EdmPrimitiveTypeKind.String or EdmPrimitiveTypeKind.Boolean);
        return new(name, index, annotated ? (request.Representation.Version == "4.0" ? "#" : "") + kind : null);
    }

    private static RecordIdentity? Identity(ODataRequest request, IReadOnlyList<Column> columns)
    {
        if (!IsFull(request))
        {
            return null;
        }
        var dataset = request.Target.Dataset!;
        var read = ToRead(request, columns);
        var type = ODataModel.Edm.EntityContainer.FindEntitySet(dataset.Name).EntityType;
        return new($"#{type.FullName()}", request.Call.Root + dataset.Name, Enumerable.Range(1, read.Count).First(index => read[index - 1] == KeyOf(request)));
    }
}
