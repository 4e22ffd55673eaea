using ConflictData.Datasets;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Parameter;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The parameters of the feed, with the limits that this instance is set to.</summary>
internal static class FeedParameters
{
    /// <summary>What a query of a set takes.</summary>
    public static readonly string[] OfSet = ["filter", "search", "apply", "compute", "expand", "select", "orderby", "top", "skip", "count", "format", "skiptoken", "deltatoken", "alias"];

    public static readonly string[] OfCount = ["filter", "search", "apply", "compute", "deltatoken", "alias"];

    public static readonly string[] OfRecord = ["expand", "select", "compute", "format", "alias"];

    /// <summary>The headers of everything that has rows.</summary>
    public static readonly string[] Headers = ["prefer", "maxVersion", "minRelease", "ifNoneMatch", "ifAny", "ifUnmodifiedSince"];

    /// <summary>The key of a record of a set.</summary>
    public static string KeyOf(Dataset set) => $"keyOf{set.Name}";

    public static IEnumerable<(string Id, OpenApiParameter Parameter)> All(Settings settings) => [.. Parts(settings), .. Conditions(settings), .. Rows(settings), .. Tokens(), .. HeadersOf(settings)];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Parts(Settings settings) =>
    [
        ("set", Part("set", Choice(Catalog.Sets.Select(set => set.Name), "An entity set."), "Casualties")),
        .. Catalog.Sets.Select(set => (KeyOf(set), Part("id", Text("The `Id` of a record. A quote in it is doubled."), (string)Examples.Row(set)["Id"]!))),
        ("member", Part("member", Text($"A property of the record, or a way to related records; from there a path goes on, {settings.MaxPathSteps} steps at most."), "CountText")),
        ("ways", Part("member", Text("A way to many related records."), "Parts")),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Conditions(Settings settings) =>
    [
        ("filter", Option("$filter", Text(
            $"Only rows for which this holds: all operators and functions of OData 4.01 on the types that are here, over related records too. At most {settings.MaxExpressionParts} parts in all expressions of a query, "
            + $"{settings.MaxExpressionDepth} deep, {settings.MaxListedValues} values after `in`, {settings.MaxNestedCollections} `any`, `all` and `$count` within each other. Such as `Place/CountryCode eq 'SY'`."))),
        ("search", Option("$search", Text("Only rows whose texts have these words, with AND, OR, NOT and quotes."))),
        ("apply", Option("$apply", Text(
            $"Steps that the rows go through: filter, search, compute, orderby, top, skip, identity, aggregate, groupby, concat. At most {settings.MaxApplySteps} steps and {settings.MaxGroups} groups. "
            + "`aggregate(Count with Conflict.total as T)` is the honest total of additive rows of one outcome."))),
        ("compute", Option("$compute", Text("Properties to be computed, `expression as Name`."))),
        ("expand", Option("$expand", Text(
            $"Related records to be had with each, with options of their own in brackets. At most {settings.MaxExpandDepth} deep, {settings.MaxExpandedWays} ways, {settings.MaxExpandedRows} records under one."))),
        ("select", Option("$select", Text("The properties that are wanted, separated by commas; left out = all."))),
        ("alias", Option("@p", Text("A value that stands for `@p` in the other options; any name does."))),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Rows(Settings settings) =>
    [
        ("orderby", Option("$orderby", Text("What the rows are ordered by, `desc` behind what is to fall; ties by the order in which records came."))),
        ("top", Option("$top", Whole($"At most so many rows. Without it, all: JSON in pages of {settings.PageSize}, or of `Prefer: maxpagesize`."))),
        ("skip", Option("$skip", Whole("So many rows are passed over."))),
        ("count", Option("$count", Defaulted(Truth("The number of all rows, as `@odata.count`, or as `Conflict-Count` beside CSV and NDJSON.")))),
        ("format", Option("$format", Text("`json`, `csv`, `ndjson` or a media type; left out = what `Accept` likes best, else JSON."))),
        ("documentFormat", Option("$format", Choice(["json"], "The form of the document."))),
        ("modelFormat", Option("$format", Choice(["xml", "json"], "The form of the model, whatever `Accept` says; left out = XML."))),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Tokens() =>
    [
        ("skiptoken", Option("$skiptoken", Text("Where a read stands; only as `@odata.nextLink` has it. It lets its reader go on for an hour or two without the key."))),
        ("deltatoken", Option("$deltatoken", Text("From where changes are told; only as `@odata.deltaLink` has it."))),
        ("entityId", Needed(Option("$id", Text("The address of a record, relative or absolute.")))),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> HeadersOf(Settings settings) =>
    [
        ("prefer", Header("Prefer", Text(
            $"`maxpagesize=n` (at most {settings.PageSize}), `omit-values=nulls`, `track-changes`; `Preference-Applied` names those that were met."))),
        ("continueOnError", Header("Prefer", Text("`continue-on-error`: the requests after one that fails are carried out too."))),
        ("maxVersion", Header("OData-MaxVersion", Pattern("^[0-9]+(\\.[0-9]+)?$", "The highest version that the client reads, from 4.0 on; left out = 4.01."))),
        ("minRelease", Header("Conflict-Min-Release", Whole("The answer must know this release, which is loaded first where it is not there yet.", 1, int.MaxValue))),
    ];

    private static OpenApiParameter Needed(OpenApiParameter parameter)
    {
        (parameter.Required, parameter.Example) = (true, "Places('raqqa')");
        return parameter;
    }

    private static OpenApiSchema Defaulted(OpenApiSchema schema)
    {
        schema.Default = false;
        return schema;
    }
}
