using System.Globalization;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.OData;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The schemas of records, from the Table Schemas: as the feed has them, and as they are sent in.</summary>
internal static class DatasetSchemas
{
    /// <summary>Name of the schema of a record as it is sent in.</summary>
    public static string RowName(Dataset dataset) => dataset.Singular + "Row";

    /// <summary>Name of the schema of a page of the feed.</summary>
    public static string PageName(Dataset set) => set.Name + "Page";

    /// <summary>Name of the schema of a row that retracts.</summary>
    public const string RetractionName = "RetractionRow";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        .. Catalog.Sets.Select(set => (set.Name, Record(set))),
        .. Catalog.Sets.Select(set => (PageName(set), Page(set))),
        .. Catalog.All.Select(dataset => (RowName(dataset), Row(dataset))),
        (RetractionName, Retraction()),
    ];

    /// <summary>A record as the feed has it. Nothing is required: a query selects what it likes, and adds what it computes.</summary>
    private static OpenApiSchema Record(Dataset set) => new()
    {
        Title = set.Title,
        Description = Ways(set) is { Length: > 0 } ways ? $"{set.Description} Related records, for `$expand` and paths: {ways}." : set.Description,
        Type = JsonSchemaType.Object,
        Properties = set.Columns.ToDictionary(column => column.Name, column => (IOpenApiSchema)Value(column)),
        Examples = [Examples.Row(set)],
    };

    private static string Ways(Dataset set) => string.Join(", ", Navigations.Of(set).Select(way => $"`{way.Name}` ({(way.ToMany ? "many of " : "")}{way.To.Name})"));

    private static OpenApiSchema Page(Dataset set) => Ref("Page").And(
        Object($"A page of {set.Name}.", ("value", List(Ref(set.Name), "The records."))));

    /// <summary>A record as it is sent in. Columns that the app fills are taken where they agree, so that a published file can be sent back.</summary>
    private static OpenApiSchema Row(Dataset dataset) => new()
    {
        Title = $"{dataset.Title}: a row of a submission",
        Description = $"{dataset.Description} A row is the whole record: a column that is null or empty is erased.",
        Type = JsonSchemaType.Object,
        Properties = Sent(dataset).ToDictionary(column => column.Name, column => column.Schema),
        Required = dataset.Columns.Where(MustBeGiven).Select(column => column.Name).ToHashSet(),
    };

    private static OpenApiSchema Retraction()
    {
        var retraction = Object("A row that retracts a record; only the id is needed.", ("Id", Pattern(AccessSchemas.IdPattern, "Names the record.")), ("Action", new OpenApiSchema { Const = "retract" }));
        retraction.Title = "A row that retracts";
        return retraction;
    }

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Sent(Dataset dataset) =>
    [
        .. dataset.Columns.Select(column => (column.Name, (IOpenApiSchema)(MustBeGiven(column) || column.Required ? Value(column) : Value(column, mayBeNull: true)))),
        ("Action", Action()),
    ];

    private static OpenApiSchema Action()
    {
        var action = Choice(["upsert", "retract"], "What becomes of the record.").OrNull();
        action.Default = "upsert";
        return action;
    }

    private static bool MustBeGiven(Column column) => column is { Required: true, Role: ColumnRole.Given, Default: null };

    /// <summary>A value of a column; what the commit fills in is always there.</summary>
    public static OpenApiSchema Value(Column column, bool? mayBeNull = null)
    {
        var isText = column.Type == ColumnType.String;
        var schema = new OpenApiSchema
        {
            Title = column.Title,
            Description = Describe(column),
            Type = TypeOf(column.Type),
            Format = FormatOf(column.Type),
            Enum = column.Allowed.Count == 0 ? null : [.. column.Allowed.Select(value => (JsonNode)value)],
            Default = column.Default,
            MaxLength = isText && column.Allowed.Count == 0 ? column.MaxLength : null,
            // The pattern of a Table Schema is of the whole text.
            Pattern = column.Pattern is null ? null : $"^(?:{column.Pattern})$",
            Minimum = column.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = column.Maximum?.ToString(CultureInfo.InvariantCulture),
            ReadOnly = column.Role != ColumnRole.Given,
        };
        return mayBeNull ?? !(column.Required || column.Name is "Release" or "ModifiedAt") ? schema.OrNull() : schema;
    }

    private static string Describe(Column column)
    {
        var unit = column.Unit is null ? "" : $" Unit: {column.Unit}.";
        var reference = column.References is null ? "" : $" An `Id` of {column.References}.";
        var role = column.Role switch
        {
            ColumnRole.Derived => " Derived by the app.",
            ColumnRole.System => " Filled by the release.",
            _ => "",
        };
        return column.Description + unit + reference + role;
    }

    private static JsonSchemaType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Integer => JsonSchemaType.Integer,
        ColumnType.Number => JsonSchemaType.Number,
        ColumnType.Boolean => JsonSchemaType.Boolean,
        _ => JsonSchemaType.String,
    };

    private static string? FormatOf(ColumnType type) => type switch
    {
        ColumnType.Integer => "int64",
        ColumnType.Number => "double",
        ColumnType.Date => "date",
        ColumnType.Instant => "date-time",
        _ => null,
    };
}
