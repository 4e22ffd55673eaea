using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>
/// Turns the steps of an $apply into SQL one after the other, each bound against what the step before it makes. The options
/// that are applied after $apply are steps too.
/// </summary>
internal sealed class Pipeline(Dataset dataset, RequestOptions options, Settings limits)
{
    /// <summary>Transformations of the standard that are not here.</summary>
    private static readonly string[] Unsupported =
    [
        "concat", "search", "join", "outerjoin", "nest", "expand", "addnested", "rollup", "ancestors", "descendants", "traverse",
        "topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent",
    ];

    private readonly StepBinder binder = new(options, limits);
    private readonly PipelineSql sql = new();

    public Shape Shape { get; private set; } = Shape.Of(dataset);

    public string Last => sql.Last;

    /// <summary>What is there so far.</summary>
    public SqlFragment Snapshot() => sql.Snapshot();

    public ApiError? Run(string text)
    {
        if (PipelineText.Split(text, '/') is not { } steps)
        {
            return Bad("The parentheses or quotes of $apply do not close.");
        }
        return steps.Length > limits.MaxApplySteps
            ? Bad($"An $apply may have at most {limits.MaxApplySteps} steps; this one has {steps.Length}.")
            : steps.Select(Step).FirstOrDefault(error => error is not null);
    }

    public ApiError? Filter(string text, string target = "$apply")
    {
        if (!binder.Filter(Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        if (new ExpressionCheck(limits).Check(bound.Value, bound.Aliases, target) is { } problem)
        {
            return problem;
        }
        sql.Add($"SELECT * FROM {Last} WHERE {new ExpressionSql(sql.Parameters, bound.Aliases).Filter(bound.Value)}");
        Shape = OneOutcome.IsFixedBy(bound) ? Shape.WithOneOutcome() : Shape;
        return null;
    }

    public ApiError? OrderBy(string text, string target = "$apply")
    {
        if (!binder.OrderBy(Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var (check, writer, keys) = (new ExpressionCheck(limits), new ExpressionSql(sql.Parameters, bound.Aliases), new List<string>());
        foreach (var (key, descending) in QueryBinder.ReadOrder(bound.Value))
        {
            if (check.Check(key, bound.Aliases, target) is { } problem)
            {
                return problem;
            }
            if (writer.ReadsColumn(key))
            {
                keys.Add($"({writer.Value(key)}) {(descending ? "DESC NULLS LAST" : "ASC NULLS FIRST")}");
            }
        }
        sql.Add($"SELECT * REPLACE (row_number() OVER (ORDER BY {string.Join(", ", keys.Append("_ord"))}) AS _ord) FROM {Last}");
        return null;
    }

    public void Top(long rows) => sql.Add(Text($"SELECT * FROM {Last} ORDER BY _ord LIMIT {rows}"));

    public void Skip(long rows) => sql.Add(Text($"SELECT * FROM {Last} ORDER BY _ord OFFSET {rows}"));

    /// <summary>Leaves only the properties in that a $select names.</summary>
    public ApiError? Select(string text)
    {
        if (!binder.Select(Shape, text).Succeeded(out var bound, out var error))
        {
            return error;
        }
        Shape = bound.Value is { } names ? Shape.Only(names.Distinct().Select(name => Shape.Find(name)!)) : Shape;
        return null;
    }

    private ApiError? Step(string step)
    {
        var (name, arguments) = PipelineText.Call(step);
        return (name.ToLowerInvariant(), arguments) switch
        {
            ("identity", null) => null,
            ("filter", { Length: > 0 } text) => Filter(text),
            ("orderby", { Length: > 0 } text) => OrderBy(text),
            ("compute", { Length: > 0 } text) => Compute(text),
            ("top", { } text) => Cut(text, Top),
            ("skip", { } text) => Cut(text, Skip),
            ("aggregate", { Length: > 0 } text) => Group([], text),
            ("groupby", { Length: > 0 } text) => GroupBy(text),
            (var other, _) when Unsupported.Contains(other) => new ApiError(ErrorCode.NotSupported, $"This service does not support {other} in $apply.") { Target = "$apply" },
            _ => Bad($"$apply has no step {step}."),
        };
    }

    private static ApiError? Cut(string text, Action<long> cut)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            return Bad($"The steps top and skip take a whole number from 0; found {text}.");
        }
        cut(rows);
        return null;
    }

    private ApiError? Compute(string text)
    {
        if (!binder.Compute(Shape, text).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var (computed, columns) = (new List<PipelineProperty>(), new List<string>());
        var check = new ExpressionCheck(limits);
        foreach (var item in bound.Value)
        {
            if (Names.Problem(item.Alias, Shape.Properties.Concat(computed)) is { } taken)
            {
                return taken;
            }
            if (check.Check(item.Expression, bound.Aliases, "$apply") is { } problem)
            {
                return problem;
            }
            if (PipelineTypes.Of(item.Expression.TypeReference) is not { } type)
            {
                return Bad($"{item.Alias} has no type that a property can have.");
            }
            var property = new PipelineProperty(Shape.Type, item.Alias, type, sql.NewColumn(), isDeclared: false);
            columns.Add($"CAST({new ExpressionSql(sql.Parameters, bound.Aliases).Value(item.Expression)} AS {ConstantSql.SqlType(type)}) AS {property.Sql}");
            computed.Add(property);
        }
        sql.Add($"SELECT *, {string.Join(", ", columns)} FROM {Last}");
        Shape = Shape.With(computed);
        return null;
    }

    private ApiError? GroupBy(string text)
    {
        if (PipelineText.Split(text, ',') is not { } parts || parts is not [['(', .. var list, ')'], .. var rest])
        {
            return Bad("groupby takes a list of properties in parentheses: groupby((Outcome,PartyId),aggregate(…)).");
        }
        if (rest.Length > 1 || rest is [var inner] && !inner.StartsWith("aggregate", StringComparison.OrdinalIgnoreCase) || PipelineText.Split(rest.FirstOrDefault() ?? "", '/')!.Length > 1)
        {
            return new ApiError(ErrorCode.NotSupported, "This service supports aggregate alone inside groupby; filter and compute before it.") { Target = "$apply" };
        }
        if (!Names.Keys(Shape, list).Succeeded(out var keys, out var error))
        {
            return error;
        }
        return rest is [var aggregate] ? Group(keys, PipelineText.Call(aggregate).Arguments ?? "") : Group(keys, null);
    }

    /// <summary>One row for each combination of the keys; one row for all where there are none.</summary>
    private ApiError? Group(PipelineProperty[] keys, string? aggregates)
    {
        var reader = new AggregateReader(binder, sql, Shape, keys, limits);
        var items = new List<Aggregate>();
        foreach (var item in aggregates is null ? [] : PipelineText.Split(aggregates, ',') ?? [""])
        {
            if (!reader.Read(item, items).Succeeded(out var aggregate, out var error))
            {
                return error;
            }
            items.Add(aggregate);
        }
        var named = string.Join(", ", keys.Select(key => key.Sql));
        var columns = string.Join(", ", keys.Select(key => key.Sql).Concat(items.SelectMany(item => item.Sums)));
        sql.Add($"SELECT {columns} FROM {Last}{(keys.Length > 0 ? " GROUP BY " + named : "")}");
        var labels = string.Concat(items.SelectMany(item => item.Then).Select(column => ", " + column));
        sql.Add($"SELECT *{labels}, {(keys.Length > 0 ? Order(keys) : "1::BIGINT")} AS _ord FROM {Last}");
        Shape = Shape.Grouped(keys.Concat(items.Select(item => item.Property)));
        return null;
    }

    private string Order(PipelineProperty[] keys) => Text($"""
        CASE WHEN count(*) OVER () > {limits.MaxGroups} THEN error('more than {limits.MaxGroups} groups')
        ELSE row_number() OVER (ORDER BY {string.Join(", ", keys.Select(key => key.Sql + " ASC NULLS FIRST"))}) END
        """);

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$apply" };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
