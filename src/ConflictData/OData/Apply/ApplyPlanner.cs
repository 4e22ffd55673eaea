using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Makes a plan of $apply and the options that the standard applies after it.</summary>
internal static class ApplyPlanner
{
    private static readonly string[] Understood = ["apply", "filter", "orderby", "skip", "top", "count", "select", "format", "skiptoken"];

    public static Result<ApplyPlan> Plan(ODataRequest request, Settings limits)
    {
        if (ApplyAnswers.Refuses(request.Representation) is { } unwritable)
        {
            return unwritable;
        }
        var options = request.Options;
        if (options["apply"]!.Length > limits.MaxAddress)
        {
            return new ApiError(ErrorCode.BadQuery, $"A $apply may be at most {limits.MaxAddress} characters long, as an address may.") { Target = "$apply" };
        }
        if (options.Values.Keys.FirstOrDefault(name => !Understood.Contains(name)) is { } other)
        {
            return new ApiError(ErrorCode.NotSupported, $"This service does not support ${other} beside $apply.") { Target = "$" + other };
        }
        if (!QueryBinder.ReadNumber(options, "skip").Succeeded(out var skip, out var error)
            || !QueryBinder.ReadNumber(options, "top").Succeeded(out var top, out error)
            || !QueryBinder.ReadCount(options["count"]).Succeeded(out var isCounted, out error))
        {
            return error;
        }
        var pipeline = new Pipeline(request.Target.Dataset!, options, limits);
        error = pipeline.Run(options["apply"]!)
            ?? (options["filter"] is { } filter ? pipeline.Filter(filter, "$filter") : null)
            ?? (options["orderby"] is { } order ? pipeline.OrderBy(order, "$orderby") : null);
        if (error is not null)
        {
            return error;
        }
        var (counted, countedLast) = isCounted ? (pipeline.Snapshot(), pipeline.Last) : (null, null);
        if (skip is { } passed)
        {
            pipeline.Skip(passed);
        }
        if (top is { } kept)
        {
            pipeline.Top(kept);
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
}
