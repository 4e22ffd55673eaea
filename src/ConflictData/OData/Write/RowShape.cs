using System.Buffers;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Writes a range of the rows of a result.</summary>
internal delegate void RowsWriter(QueryRows rows, int from, int count, IBufferWriter<byte> output);

/// <summary>How the rows of one read are written.</summary>
/// <param name="Names">The columns of CSV: those of the result from its second on.</param>
/// <param name="Objects">Writes JSON objects with commas between.</param>
/// <param name="Lines">Writes JSON objects, each on a line of its own.</param>
internal sealed record RowShape(IReadOnlyList<string> Names, RowsWriter Objects, RowsWriter Lines)
{
    /// <summary>The shape of records that have the columns of a plan, from the second of the result on.</summary>
    public static RowShape Of(ODataRequest request, ReadPlan plan)
    {
        var columns = plan.Columns;
        string[] names = [.. columns.Select(column => column.Name)];
        if (IsUsual(request.Representation) || request.Target.IsReference)
        {
            var rows = new JsonRows([.. columns.Select((column, index) => new JsonField(column.Name, index + 1))]);
            return new(names, rows.Write, rows.WriteLines);
        }
        var styled = new StyledRows([.. columns.Select((column, index) => Field(request, column, column.Name, index + 1) with { LinksOf = WayOf(request, plan, column) })], Identity(request, plan), Style(request));
        return new(names, styled.Write, styled.WriteLines);
    }

    /// <summary>The shape of a single property under the name value.</summary>
    public static RowsWriter OfValue(ODataRequest request, Column column) => IsUsual(request.Representation)
        ? new JsonRows([new JsonField("value", 1)]).Write
        : new StyledRows([Field(request, column, "value", 1)], null, Style(request)).Write;

    /// <summary>The columns to read: full metadata names each record by its key, whether or not it is selected.</summary>
    public static IReadOnlyList<Column> ToRead(ODataRequest request, IReadOnlyList<Column> columns) =>
        IsFull(request) && !columns.Contains(KeyOf(request)) ? [.. columns, KeyOf(request)] : columns;

    /// <summary>Why what is expanded cannot be written in the form that the client chose; null where it can.</summary>
    public static ApiError? WhyNotExpanded(ODataRequest request, ReadPlan plan) =>
        request.Representation.Format == AnswerFormat.Csv && FirstToMany(plan) is { } way
            ? ExpressionErrors.Unsupported($"{way.Name} in CSV, which has one row for each record; ask for {way.Name}/$count, or for JSON or NDJSON") with { Target = "$expand" }
            : null;

    /// <summary>The form of what is expanded.</summary>
    public static NestedForm Nested(ODataRequest request, Settings limits) => new(limits.MaxExpandedRows)
    {
        IsFlat = request.Representation.Format == AnswerFormat.Csv,
        LongsAsText = request.Representation.Form.LongsAsText,
        OmitsNulls = request.Representation.OmitsNulls,
        Identifies = Identifies(request.Representation),
        Full = IsFull(request) ? new(request.Call.Root, request.Representation.Version) : null,
    };

    private static Navigation? FirstToMany(ReadPlan plan) => plan.Expanded
        .Select(item => item.CountOnly ? null : item.Way.ToMany ? item.Way : FirstToMany(item.Plan)).FirstOrDefault(way => way is not null);

    /// <summary>True for the form that nearly all clients ask for: records depend on nothing but their values.</summary>
    public static bool IsUsual(Representation representation) =>
        !representation.OmitsNulls && representation.Form is { LongsAsText: false, Metadata: not MetadataLevel.Full };

    /// <summary>True for minimal metadata: a record whose key is not selected is given with its address.</summary>
    public static bool Identifies(Representation representation) => representation.Form is { Format: AnswerFormat.Json, Metadata: MetadataLevel.Minimal };

    private static bool IsFull(ODataRequest request) => !request.Target.IsReference && request.Representation.Form is { Format: AnswerFormat.Json, Metadata: MetadataLevel.Full };

    private static Column KeyOf(ODataRequest request) => request.Target.Dataset!.Columns[0];

    public static JsonStyle Style(ODataRequest request) => new(request.Representation.Form.LongsAsText, request.Representation.OmitsNulls);

    private static StyledField Field(ODataRequest request, Column column, string name, int index)
    {
        // The number of expanded records is an annotation itself.
        var isAnnotated = IsFull(request) && !name.Contains('@', StringComparison.Ordinal);
        return new(name, index, isAnnotated ? TypeAnnotation.Of(column.Type, request.Representation.Version) : null);
    }

    /// <summary>The way whose first column this is: its links come right before.</summary>
    private static string? WayOf(ODataRequest request, ReadPlan plan, Column column) =>
        IsFull(request) ? plan.Expanded.FirstOrDefault(item => item.Columns.First().Name == column.Name)?.Way.Name : null;

    private static RecordIdentity? Identity(ODataRequest request, ReadPlan plan)
    {
        if (!IsFull(request))
        {
            return null;
        }
        var dataset = request.Target.Dataset!;
        var read = ToRead(request, plan.Columns);
        return new(TypeAnnotation.Of(dataset), request.Call.Root + dataset.Name, Enumerable.Range(1, read.Count).First(index => read[index - 1] == KeyOf(request)))
        {
            Ways = [.. plan.BareWays.Select(way => way.Name)],
        };
    }
}
