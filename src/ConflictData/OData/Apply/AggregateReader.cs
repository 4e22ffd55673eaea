using System.Collections.Frozen;
using ConflictData.Api;
using ConflictData.Datasets.Counts;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Reads the items of an aggregate: <c>$count as N</c>, <c>expression with sum as N</c> (or min, max, average, countdistinct)
/// and <c>Count with Conflict.total as T</c>, the honest total of the additive rows.
/// </summary>
internal sealed class AggregateReader(Pipeline pipeline, Flow rows, StepScope scope)
{
    public Result<Aggregate> Read(string item, IEnumerable<Aggregate> before)
    {
        if (PipelineText.Around(item, "as") is not var (operation, alias))
        {
            return ApplyError.Bad($"An aggregate names what it makes: {(item.Length == 0 ? "Low" : item)} as Name.");
        }
        if (Aliases.Problem(alias, rows, before.Select(aggregate => aggregate.Property)) is { } taken)
        {
            return taken;
        }
        if (operation.Equals("$count", StringComparison.OrdinalIgnoreCase))
        {
            return One(alias, "count(*)", PipelineTypes.Whole);
        }
        if (operation.EndsWith("/$count", StringComparison.OrdinalIgnoreCase))
        {
            return ApplyError.Unsupported($"{operation} in aggregate");
        }
        if (PipelineText.Around(operation, "with") is not var (operand, method))
        {
            return ApplyError.Bad($"An aggregate says how: {operation} with sum as {alias}, or $count as {alias}.");
        }
        return method.Equals(TotalType.Method, StringComparison.OrdinalIgnoreCase) ? Total(operand, alias) : Standard(operand, method, alias);
    }

    private Result<Aggregate> Standard(string operand, string method, string alias)
    {
        if (PipelineText.Around(operand, "with") is not null)
        {
            return ApplyError.Unsupported("from in aggregate");
        }
        if (PathToMany.Find(rows.Shape, operand) is { } many)
        {
            return ApplyError.Unsupported($"{operand} in aggregate: {many} leads to many records");
        }
        if (!pipeline.Binder.Value(rows.Shape, operand).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var values = new AggregatedValues(bound, scope);
        return (method.ToLowerInvariant(), PipelineTypes.Of(bound.Value.TypeReference)) switch
        {
            ("countdistinct", { }) => One(alias, values.CountDistinct, PipelineTypes.Whole),
            ("countdistinct", null) when bound.Value is SingleNavigationNode => One(alias, values.CountDistinct, PipelineTypes.Whole),
            ("min" or "max" or "sum" or "average", null) => ApplyError.Bad($"{operand} has no type that can be aggregated."),
            ("min", { } type) => One(alias, values.Min, type, TextPieces.Of(bound.Value, bound.Aliases)),
            ("max", { } type) => One(alias, values.Max, type, TextPieces.Of(bound.Value, bound.Aliases)),
            ("sum" or "average", { } type) when !PipelineTypes.IsNumber(type) => ApplyError.Bad($"{operand} is no number; there is no {method} of it."),
            ("sum", { } type) => One(alias, values.Sum(type), type),
            ("average", { } type) => One(alias, values.Average(type), PipelineTypes.Real),
            _ => ApplyError.Bad($"There is no aggregation method {method}. There are sum, min, max, average, countdistinct and {TotalType.Method}."),
        };
    }

    private Result<Aggregate> One(string alias, string aggregate, IEdmTypeReference type, int pieces = 1)
    {
        var column = pipeline.Sql.NewColumn();
        return new Aggregate(
            new PipelineProperty(rows.Shape.Type, alias, type, column, isDeclared: false) { Pieces = pieces }, [$"CAST({aggregate} AS {ConstantSql.SqlType(type)}) AS {column}"], []);
    }

    private Result<Aggregate> Total(string operand, string alias)
    {
        if (!operand.Equals(TotalType.Operand, StringComparison.OrdinalIgnoreCase))
        {
            return ApplyError.Bad($"{TotalType.Method} is of the rows' counts: {TotalType.Operand} with {TotalType.Method} as {alias}.");
        }
        if (WhyNoTotal() is { } reason)
        {
            return ApplyError.Bad(reason);
        }
        var columns = TotalType.Members.ToFrozenDictionary(member => member, _ => pipeline.Sql.NewColumn());
        var total = new CountTotals("\"Additive\"");
        return new Aggregate(
            new TotalProperty(rows.Shape.Type, alias, columns),
            [.. total.Columns.Select(sum => $"CAST({sum.Sql} AS BIGINT) AS {columns[sum.Name]}")],
            [$"{CountSql.Label(columns["Low"], columns["High"], columns["About"], columns["Unnumbered"])} AS {columns["Label"]}"]);
    }

    /// <summary>A total counts each record of one dataset and one outcome once.</summary>
    private string? WhyNoTotal()
    {
        var shape = rows.Shape;
        return !shape.IsRecords ? "A total is made of records, not of groups; make it in the first groupby."
            : !shape.Dataset.IsTotalled ? $"The counts of {shape.Dataset.Name} are not of one kind and have no total."
            : shape.Copies > 1 ? "After concat a record may be among the rows more than once, and would be counted as often; make the total within its sequences."
            : shape.Dataset.Find(OneOutcome.Property) is not null && !shape.HasOneOutcome && !rows.Groups.HaveOneOutcome
                ? "People of different outcomes, such as killed and displaced, are never added: group by Outcome, or filter by one before (filter(Outcome eq 'killed')/…)."
            : null;
    }
}
