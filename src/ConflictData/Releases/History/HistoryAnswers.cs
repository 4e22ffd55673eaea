using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the history of a record answers: <c>datasets/{dataset}/records/{id}/history</c>.</summary>
public sealed class HistoryAnswers(Engine engine, ReleaseFollower follower)
{
    private readonly HistoryReader reader = new(engine);

    /// <summary>
    /// The revisions of a record, newest first, each with its release, reason and what it changed. JSON: with all values, 100 at a time;
    /// <c>next</c> is the address of older ones or null. CSV: a line a revision, with the columns of the dataset's files, to the first
    /// one, since a program that saves a file takes it for the whole. A retracted record keeps its history.
    /// </summary>
    public async Task<IResult> History(ApiCall call, string name, string id)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (Catalog.Find(name) is not { } dataset)
        {
            return Refused(new(ErrorCode.NotFound, $"There is no dataset of this name. There are {string.Join(", ", Catalog.All)}.") { Target = "dataset" });
        }

        var error = QueryOptions.Unknown(call.Request.Query, BeforeRelease.Option, "format");
        if (error is not null
            || !RowForms.Choose(call.Request).Succeeded(out var form, out error)
            || !BeforeRelease.Read(call.Request).Succeeded(out var before, out error)
            || !(await follower.Current(cancellation)).Succeeded(out var history, out error)
            || !(await Page(dataset, id, Math.Min(before, history.Commits.Count + 1), cancellation)).Succeeded(out var page, out error))
        {
            return Refused(error);
        }

        if (page.Revisions.Count == 0)
        {
            var since = before <= history.Commits.Count ? $"had no record {id} before release {before}." : $"has never had a record {id}.";
            return Refused(new(ErrorCode.NotFound, $"{dataset.Name} {since}") { Target = "id" });
        }

        var headers = call.Request.HttpContext.Response.Headers;
        headers["Conflict-Release"] = history.Commits.Count.ToString(CultureInfo.InvariantCulture);
        headers.Append("Vary", "Accept, Accept-Encoding");
        return form == RowForm.Csv
            ? Results.Stream(output => HistoryCsv.Write(output, dataset, history, From(page, dataset, id, cancellation), cancellation), CsvRows.MediaType)
            : Results.Bytes(Json(dataset, history, page, call.Links), "application/json");
    }

    private Task<Result<HistoryPage>> Page(Dataset dataset, string id, int before, CancellationToken cancellation) =>
        reader.Read(dataset, id, before, ReleaseAnswers.ListedAtOnce, cancellation);

    /// <exception cref="IOException">A page could not be read; what was sent so far must not look whole.</exception>
    private async IAsyncEnumerable<HistoryPage> From(HistoryPage first, Dataset dataset, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return first;
        for (var next = first.Next; next is { } before;)
        {
            if (!(await Page(dataset, id, before, cancellation)).Succeeded(out var page, out var error))
            {
                throw new IOException($"The history broke off: {error.Detail}");
            }

            yield return page;
            next = page.Next;
        }
    }

    private static ReadOnlyMemory<byte> Json(Dataset dataset, ReleaseHistory history, HistoryPage page, Links links) => JsonObjectText.Write(json =>
    {
        var id = (string)page.Revisions[0].Values[0]!;
        json.WriteString("dataset", dataset.Name);
        json.WriteString("id", id);
        json.WriteStartArray("revisions");
        foreach (var entry in page.Revisions)
        {
            WriteEntry(json, dataset, history.Find(entry.Release)!, entry);
        }

        json.WriteEndArray();
        json.WriteString("next", page.Next is { } before ? links.To($"datasets/{dataset.Name}/records/{id}/history?{BeforeRelease.Option}={before}").AbsoluteUri : null);
    });

    private static void WriteEntry(Utf8JsonWriter json, Dataset dataset, Commit commit, RevisionEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("release", entry.Release);
        json.WriteString("committedAt", commit.CommittedAt);
        json.WriteString("submission", commit.SubmissionId);
        json.WriteString("action", entry.Action);
        json.WriteString("reason", entry.Reason);
        json.WriteString("message", commit.Message);
        ChangeJson.Columns(json, entry.Columns);
        json.WriteStartObject("values");
        foreach (var column in entry.IsRetraction ? [] : dataset.Columns)
        {
            ChangeJson.Value(json, column.Name, entry.Values[column.Ordinal]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ErrorResult Refused(ApiError error) => new(error, ErrorShape.Problem);
}
