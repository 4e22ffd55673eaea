using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Makes a plan of $apply and the options that the standard applies after it, in the order that it says.</summary>
internal static class ApplyPlanner
{
    private static readonly string[] Understood = ["apply", "compute", "search", "filter", "orderby", "skip", "top", "count", "select", "format", "skiptoken"];

    public static Result<ApplyPlan> Plan(ODataRequest request, Settings limits)
    {
        var options = request.Options;
        if (options["apply"]!.Length > limits.MaxAddress)
        {
            return ApplyError.Bad($"A $apply may be at most {limits.MaxAddress} characters long, as an address may.");
        }
        if (options.Values.Keys.FirstOrDefault(name => !Understood.Contains(name)) is { } other)
        {
            return new ApiError(ErrorCode.NotSupported, $"This service does not support ${other} beside $apply.") { Target = "$" + other };
        }
        if (!QueryBinder.ReadNumber(options, "skip").Succeeded(out var skip, out var error)
            || !QueryBinder.ReadNumber(options, "top").Succeeded(out var top, out error)
            || !QueryBinder.ReadCount(options["count"]).Succeeded(out var count, out error))
        {
            return error;
        }
        var pipeline = new Pipeline(request.Target.Dataset!, options, limits);
        if (!Rows(pipeline, options).Succeeded(out var counted, out error))
        {
            return error;
        }
        var rows = skip is { } passed ? OrderSteps.Skip(pipeline, counted, passed) : counted;
        rows = top is { } kept ? OrderSteps.Top(pipeline, rows, kept) : rows;
        if (!Select(pipeline, rows.Shape, options["select"]).Succeeded(out var output, out error))
        {
            return error;
        }
        var stages = pipeline.Sql.Plan();
        if (stages.Size > StagePlan.MaxSize)
        {
            return ApplyError.Bad($"The steps of this $apply stand so much on each other that the engine would plan {stages.Size} stages; at most {StagePlan.MaxSize} can be. Group by several properties at once, or ask in several queries.");
        }
        return new ApplyPlan(output, stages.Sql, rows.Stage, counted.Stage)
        {
            Count = count,
            Context = ApplyContext.Of(output, isSelected: options["select"] is not null),
            Reads = pipeline.Reads,
        };
    }

    private static Result<Flow> Rows(Pipeline pipeline, RequestOptions options)
    {
        (string Option, Func<Flow, string, Result<Flow>> Step)[] steps =
        [
            ("apply", pipeline.Run),
            ("compute", (rows, text) => RowSteps.Compute(pipeline, rows, text, "$compute")),
            ("search", (rows, text) => RowSteps.Search(pipeline, rows, text, "$search")),
            ("filter", (rows, text) => RowSteps.Filter(pipeline, rows, text, "$filter")),
            ("orderby", (rows, text) => OrderSteps.OrderBy(pipeline, rows, text, "$orderby")),
        ];
        var at = pipeline.Start;
        foreach (var (option, step) in steps)
        {
            if (options[option] is not { } text)
            {
                continue;
            }
            if (!step(at, text).Succeeded(out var next, out var error))
            {
                return error;
            }
            at = next;
        }
        return at;
    }

    /// <summary>Leaves only the properties in that a $select names; one that is an object stands for all in it, and of a total its members can be named.</summary>
    private static Result<Shape> Select(Pipeline pipeline, Shape shape, string? text)
    {
        if (text is null)
        {
            return shape;
        }
        if (!SelectText.Flat(text).Succeeded(out var flat, out var error) || !pipeline.Binder.Select(shape, flat).Succeeded(out var bound, out error))
        {
            return error;
        }
        return bound.Value is { } paths ? shape.Only([.. Selected(shape, paths)]) : shape;
    }

    private static IEnumerable<PipelineProperty> Selected(Shape shape, IReadOnlyList<string> paths)
    {
        foreach (var property in paths.SelectMany(path => shape.Properties.Where(property => Leads(path, property.Path) || Leads(property.Path, path))).Distinct())
        {
            yield return property is TotalProperty total && !paths.Any(path => Leads(path, total.Path))
                ? total.Only(paths.Where(path => Leads(total.Path, path)).Select(path => path[(total.Path.Length + 1)..]))
                : property;
        }

        static bool Leads(string path, string to) => to == path || to.StartsWith(path + "/", StringComparison.Ordinal);
    }
}
