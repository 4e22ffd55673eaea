using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Where a path ends at a release.</summary>
/// <param name="Key">Id of the record; null where it ends at all that refer to one, or at nothing.</param>
/// <param name="Referred">Id of the record that they refer to.</param>
internal sealed record PathEnd(string? Key, string? Referred)
{
    /// <summary>The last step leads from a record that refers to none.</summary>
    public bool IsNothing => Key is null && Referred is null;
}

/// <summary>Goes along a path from record to record, each found by its key.</summary>
internal sealed class PathWalker(FeedReader reader)
{
    public async Task<Result<PathEnd>> Walk(RecordPath path, AsOf point, CancellationToken cancellation)
    {
        var at = await Read(path.Start, path.Steps[0].Way.FromColumn, point, path.Key, cancellation);
        for (var index = 0; index < path.Steps.Count; index++)
        {
            if (!at.Succeeded(out var record, out var error))
            {
                return error;
            }
            var (step, isLast) = (path.Steps[index], index == path.Steps.Count - 1);
            if (step.IsToAll || (isLast && step.Key is null))
            {
                return step.IsToAll ? new PathEnd(null, record.Id) : new PathEnd(record.Value, null);
            }
            var next = await Next(record, step, point, cancellation);
            if (isLast)
            {
                return next.Succeeded(out var key, out error) ? new PathEnd(key, null) : error;
            }
            at = next.Succeeded(out var id, out error) ? await Read(step.Way.To, path.Steps[index + 1].Way.FromColumn, point, id, cancellation) : error;
        }
        throw new ArgumentException("A path has at least one step.", nameof(path));
    }

    private async Task<Result<string>> Next(Found record, PathStep step, AsOf point, CancellationToken cancellation)
    {
        var nothing = new ApiError(ErrorCode.NotFound, $"{step.Way.From.Name} {record.Id} has no such {step.Way.Name} in release {point.Release}.") { Target = "path" };
        if (step.Key is null)
        {
            return record.Value is null ? nothing : record.Value;
        }
        if (!(await Read(step.Way.To, step.Way.ToColumn, point, step.Key, cancellation)).Succeeded(out var named, out var error))
        {
            return error;
        }
        return named.Value == record.Id ? named.Id : nothing;
    }

    private async Task<Result<Found>> Read(Dataset dataset, Column column, AsOf point, string id, CancellationToken cancellation)
    {
        if (!(await reader.Record(ReadPlan.Of(dataset, [dataset.Columns[0], column]), point, id, cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            return new Found((string)rows.Value(0, 1)!, (string?)rows.Value(0, 2));
        }
    }

    /// <param name="Id">The record's id in its own letter case.</param>
    /// <param name="Value">The value of the column that leads on.</param>
    private sealed record Found(string Id, string? Value);
}
