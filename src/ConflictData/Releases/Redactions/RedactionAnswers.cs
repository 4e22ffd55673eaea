using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the addresses of redactions answer: <c>datasets/{dataset}/records/{id}/redactions</c>.</summary>
public sealed class RedactionAnswers(IReleaseStore store, RedactionStore redactions, Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    private readonly Redactor redactor = new(store, engine, follower, clock);

    /// <summary>
    /// Takes texts out of the past of a record: 201 with the redaction; 200 with the one that was made before where nothing is left to take away; 409 where
    /// the record still says so. From the answer on nothing here shows them; other instances follow within seconds, and copies in storage go soon after.
    /// </summary>
    public async Task<IResult> Redact(ApiCall call, string name, string id)
    {
        if (!(await Carry(call, name, id)).Succeeded(out var redacted, out var error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var stages = redacted.IsNew ? null : await redactions.Stages(call.Request.HttpContext.RequestAborted);
        var redaction = redacted.Commit.Redaction!;
        call.Request.HttpContext.Response.Headers.Location = call.Links.To($"datasets/{redaction.Dataset}/records/{redaction.Id}/redactions").AbsoluteUri;
        return Results.Json(
            RedactionDocument.Of(redacted.Commit, stages?.GetValueOrDefault(redacted.Commit.Release), call.Links),
            ApiJson.Readable.RedactionDocument,
            statusCode: redacted.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>The redactions of a record, newest first, each with whether its texts are gone from storage.</summary>
    public async Task<IResult> List(ApiCall call, string name, string id)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        var error = QueryOptions.Unknown(call.Request.Query);
        if (error is not null || !Dataset(name).Succeeded(out var dataset, out error) || !(await follower.Current(cancellation)).Succeeded(out var history, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var found = history.Redactions.All.Where(commit => commit.Redaction!.Dataset == dataset.Name && commit.Redaction.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).Reverse().ToList();
        var stages = found.Count == 0 ? null : await redactions.Stages(cancellation);
        return Results.Json(
            new RedactionList([.. found.Select(commit => RedactionDocument.Of(commit, stages!.GetValueOrDefault(commit.Release), call.Links))]),
            ApiJson.Readable.RedactionList);
    }

    private async Task<Result<Redacted>> Carry(ApiCall call, string name, string id)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (QueryOptions.Unknown(call.Request.Query) is { } unknown)
        {
            return unknown;
        }

        if (!Dataset(name).Succeeded(out var dataset, out var error)
            || !(await RedactionRequest.Read(call.Request, dataset, cancellation)).Succeeded(out var asked, out error)
            || (error = AccessErrors.OfDatasets(call.Caller.Datasets, [dataset])) is not null)
        {
            return error;
        }

        return await redactor.Run(call.Caller.Owner, dataset, id, asked);
    }

    private static Result<Dataset> Dataset(string name) => Catalog.Find(name) is { } dataset ? dataset : SubmissionAnswers.UnknownDataset(name);
}
