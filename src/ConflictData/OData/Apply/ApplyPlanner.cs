using System.Globalization;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Makes a plan of $apply and the options that the standard applies after it.</summary>
internal static class ApplyPlanner
{
    private static readonly string[] Understood = ["apply", "filter", "orderby", "skip", "top", "count", "select", "format", "skiptoken"];

    public static Result<ApplyPlan> Plan(ODataRequest request, int maxGroups)
    {
        if (ApplyAnswers.Refuses(request.Representation) is { } unwritable)
        {
            return unwritable;
        }
        var options = request.Options;
        if (options.Values.Keys.FirstOrDefault(name => !Understood.Contains(name)) is { } other)
        {
            return new ApiError(ErrorCode.NotSupported, $"This service does not support ${other} beside $apply.") { Target = "$" + other };
        }
        var pipeline = new Pipeline(request.Target.Dataset!, options, maxGroups);
        var error = pipeline.Run(options["apply"]!)
            ?? (options["filter"] is { } filter ? pipeline.Filter(filter, "$filter") : null)
            ?? (options["orderby"] is { } order ? pipeline.OrderBy(order, "$orderby") : null);
        if (error is not null)
        {
            return error;
        }
        var isCounted = options["count"] is { } count && count.Equals("true", StringComparison.OrdinalIgnoreCase);
        var (counted, countedLast) = isCounted ? (pipeline.Snapshot(), pipeline.Last) : (null, null);
        if (Number(options["skip"]) is { } skip)
        {
            pipeline.Skip(skip);
        }
        if (Number(options["top"]) is { } top)
        {
            pipeline.Top(top);
        }
        if (options["select"] is { } select && pipeline.Select(select) is { } unknown)
        {
            return unknown;
        }
        var context = ContextOf(pipeline.Shape, isSelected: options["select"] is not null);
        return new ApplyPlan(pipeline.Shape, pipeline.Snapshot(), pipeline.Last, counted, countedLast, context);
    }

    /// <summary>Rows that are whole records need no list of properties.</summary>
    private static string ContextOf(Shape shape, bool isSelected) => !isSelected && shape.IsRecords && shape.Properties.All(property => property.IsDeclared)
        ? ""
        : $"({string.Join(',', shape.Properties.Select(property => property.Name))})";

    /// <summary>The options were checked when they were read.</summary>
    private static long? Number(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
