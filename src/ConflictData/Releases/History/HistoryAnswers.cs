using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the history of a record answers: <c>datasets/{dataset}/records/{id}/history</c>.</summary>
public sealed class HistoryAnswers(Engine engine, ReleaseFollower follower)
{
    private readonly HistoryReader reader = new(engine);

    /// <summary>
    /// Every revision of a record, oldest first, each with its release, reason and what it changed. JSON: with all values. CSV:
    /// a line a revision, with the columns of the dataset's files. A retracted record keeps its history.
    /// </summary>
    public async Task<IResult> History(ApiCall call, string name, string id)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (Catalog.Find(name) is not { } dataset)
        {
            return Refused(new(ErrorCode.NotFound, $"There is no dataset of this name. There are {string.Join(", ", Catalog.All)}.") { Target = "dataset" });
        }

        var error = QueryOptions.Unknown(call.Request.Query, "format");
        if (error is not null
            || !RowForms.Choose(call.Request).Succeeded(out var form, out error)
            || !(await follower.Current(cancellation)).Succeeded(out var history, out error)
            || !(await reader.Read(dataset, id, history.Commits.Count, cancellation)).Succeeded(out var entries, out error))
        {
            return Refused(error);
        }

        if (entries.Count == 0)
        {
            return Refused(new(ErrorCode.NotFound, $"{dataset.Name} has never had a record {id}.") { Target = "id" });
        }

        var headers = call.Request.HttpContext.Response.Headers;
        headers["Conflict-Release"] = history.Commits.Count.ToString(CultureInfo.InvariantCulture);
        headers.Append("Vary", "Accept, Accept-Encoding");
        return form == RowForm.Csv
            ? Results.Bytes(Csv(dataset, history, entries), CsvRows.MediaType)
            : Results.Bytes(Json(dataset, history, entries), "application/json");
    }

    private static ReadOnlyMemory<byte> Json(Dataset dataset, ReleaseHistory history, IReadOnlyList<RevisionEntry> entries) => JsonObjectText.Write(json =>
    {
        json.WriteString("dataset", dataset.Name);
        json.WriteString("id", (string)entries[^1].Values[0]!);
        json.WriteStartArray("revisions");
        foreach (var entry in entries)
        {
            WriteEntry(json, dataset, history.Find(entry.Release)!, entry);
        }

        json.WriteEndArray();
    });

    private static void WriteEntry(Utf8JsonWriter json, Dataset dataset, Commit commit, RevisionEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("release", entry.Release);
        json.WriteString("committedAt", commit.CommittedAt);
        json.WriteString("submission", commit.SubmissionId);
        json.WriteString("action", Action(entry));
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

    private static ReadOnlyMemory<byte> Csv(Dataset dataset, ReleaseHistory history, IReadOnlyList<RevisionEntry> entries)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, CsvRows.Rfc4180, leaveOpen: true))
        {
            // Release, ModifiedAt and ChangeReason are columns of every dataset.
            csv.WriteHeader(["Action", "Message", .. dataset.Columns.Select(column => column.Name)]);
            foreach (var entry in entries)
            {
                csv.WriteField(Action(entry));
                csv.WriteField(history.Find(entry.Release)!.Message ?? "");
                foreach (var value in entry.Values)
                {
                    csv.WriteField(value is null ? "" : ValueText.Of(value));
                }

                csv.EndRecord();
            }
        }

        return buffer.ToArray();
    }

    private static string Action(RevisionEntry entry) => entry.IsRetraction ? "retract" : "upsert";

    private static ErrorResult Refused(ApiError error) => new(error, ErrorShape.Problem);
}
