using System.Globalization;
using System.Runtime.CompilerServices;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the addresses of diffs answer: <c>releases/{a}/diff/{b}</c>.</summary>
public sealed class DiffAnswers(Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    /// <summary>Records on a page of JSON, and at once in CSV.</summary>
    private const int PageSize = 1000;

    private const string ChangesPart = "changes", TotalsPart = "totals";

    private readonly DiffReader reader = new(engine);

    /// <summary>
    /// What changed from one release to another. JSON: the numbers of each dataset, how its totals moved, and the records in
    /// pages of 1,000. CSV: all values that differ, or with <c>part=totals</c> the totals that moved. What it does not know is refused.
    /// </summary>
    /// <param name="call">The call. <c>dataset=</c> leaves one dataset in; <c>after=</c> is what the link to the next page holds.</param>
    /// <param name="from">The earlier release, by any name.</param>
    /// <param name="to">The later one.</param>
    public async Task<IResult> Diff(ApiCall call, string from, string to)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        var error = QueryOptions.Unknown(call.Request.Query, "dataset", "after", "format", "part");
        if (error is not null
            || !RowForms.Choose(call.Request).Succeeded(out var form, out error)
            || !Part(call.Request.Query["part"].ToString(), form).Succeeded(out var part, out error)
            || !(await Span(from, to, cancellation)).Succeeded(out var span, out error)
            || !Datasets(call.Request.Query["dataset"].ToString()).Succeeded(out var datasets, out error)
            || !DiffPosition.Read(call.Request.Query["after"].ToString(), datasets).Succeeded(out var start, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var headers = call.Request.HttpContext.Response.Headers;
        headers["Conflict-Release"] = span.To.ToString(CultureInfo.InvariantCulture);
        headers.Append("Vary", "Accept, Accept-Encoding");
        headers.CacheControl = from.Concat(to).All(char.IsAsciiDigit) ? "private, max-age=31536000, immutable" : "no-cache";
        return form == RowForm.Json ? await Json(call, span, datasets, start, cancellation)
            : part == TotalsPart ? await Totals(span, datasets, cancellation)
            : Results.Stream(output => DiffCsv.Changes(output, Pages(span, datasets, start, cancellation), cancellation), CsvRows.MediaType);
    }

    private async Task<Result<ReleaseSpan>> Span(string from, string to, CancellationToken cancellation)
    {
        if (!(await ReleaseName.Find(from, follower, clock, cancellation)).Succeeded(out var first, out var error)
            || !(await ReleaseName.Find(to, follower, clock, cancellation)).Succeeded(out var last, out error))
        {
            return error;
        }

        return first.Release <= last.Release
            ? new ReleaseSpan(first.Release, last.Release)
            : new ApiError(ErrorCode.BadRequest, $"Release {first.Release} is later than {last.Release}; the earlier one comes first: releases/{last.Release}/diff/{first.Release}.") { Target = "path" };
    }

    /// <summary>Which of its two tables a CSV is: the changes, unless the totals are asked for. JSON has both.</summary>
    private static Result<string> Part(string name, RowForm form) => (form, name.ToLowerInvariant()) switch
    {
        (_, "") or (RowForm.Csv, ChangesPart) => ChangesPart,
        (RowForm.Csv, TotalsPart) => TotalsPart,
        (RowForm.Json, _) => new ApiError(ErrorCode.BadRequest, "part is for format=csv; JSON has the changes and the totals.") { Target = "part" },
        _ => new ApiError(ErrorCode.BadRequest, $"part must be {ChangesPart} or {TotalsPart}.") { Target = "part" },
    };

    private static Result<Dataset[]> Datasets(string name) => name.Length == 0 ? Catalog.All.ToArray()
        : Catalog.Find(name) is { } dataset ? new[] { dataset }
        : new ApiError(ErrorCode.BadRequest, $"There is no dataset of this name. There are {string.Join(", ", Catalog.All)}.") { Target = "dataset" };

    private async Task<IResult> Json(ApiCall call, ReleaseSpan span, Dataset[] datasets, DiffPosition start, CancellationToken cancellation)
    {
        if (!(await Summaries(span, datasets, cancellation)).Succeeded(out var summaries, out var error)
            || !(await Page(span, datasets, start, cancellation)).Succeeded(out var page, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var only = call.Request.Query["dataset"].Count > 0 ? $"dataset={datasets[0]}&" : "";
        var next = page.Next is { } position ? call.Links.To($"releases/{span.From}/diff/{span.To}?{only}after={position}") : null;
        return Results.Bytes(new DiffDocument(span, summaries, page.Changes, next).Write(), "application/json");
    }

    private async Task<IResult> Totals(ReleaseSpan span, Dataset[] datasets, CancellationToken cancellation) =>
        (await Summaries(span, datasets, cancellation)).Succeeded(out var summaries, out var error)
            ? Results.Bytes(DiffCsv.Totals(summaries), CsvRows.MediaType)
            : new ErrorResult(error, ErrorShape.Problem);

    private async Task<Result<IReadOnlyList<DatasetDiff>>> Summaries(ReleaseSpan span, Dataset[] datasets, CancellationToken cancellation)
    {
        var summaries = new List<DatasetDiff>();
        foreach (var dataset in datasets)
        {
            if (!(await reader.Summary(dataset, span, cancellation)).Succeeded(out var summary, out var error))
            {
                return error;
            }

            summaries.Add(summary);
        }

        return summaries;
    }

    /// <summary>A page goes on from dataset to dataset until it is full.</summary>
    private async Task<Result<(IReadOnlyList<RecordChange> Changes, DiffPosition? Next)>> Page(
        ReleaseSpan span, Dataset[] datasets, DiffPosition start, CancellationToken cancellation)
    {
        var changes = new List<RecordChange>();
        for (var index = start.Index; index < datasets.Length && changes.Count <= PageSize; index++)
        {
            var after = index == start.Index ? start.Id : "";
            if (!(await reader.Changes(datasets[index], span, after, PageSize + 1 - changes.Count, cancellation)).Succeeded(out var found, out var error))
            {
                return error;
            }

            changes.AddRange(found);
        }

        return changes.Count <= PageSize
            ? (changes, null)
            : (changes[..PageSize], DiffPosition.Behind(changes[PageSize - 1], datasets));
    }

    /// <exception cref="IOException">A page could not be read; what was sent so far must not look whole.</exception>
    private async IAsyncEnumerable<IReadOnlyList<RecordChange>> Pages(
        ReleaseSpan span, Dataset[] datasets, DiffPosition start, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (DiffPosition? position = start; position is { } at;)
        {
            if (!(await Page(span, datasets, at, cancellation)).Succeeded(out var page, out var error))
            {
                throw new IOException($"The diff broke off: {error.Detail}");
            }

            yield return page.Changes;
            position = page.Next;
        }
    }
}
