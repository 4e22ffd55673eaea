using System.Globalization;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConflictData.Submissions;

/// <summary>What the submission addresses answer.</summary>
public sealed class SubmissionAnswers(SubmissionService submissions, SubmissionLog log)
{
    private static readonly string[] Options = ["mode", "reason", "message", "dryRun", "base", "maxRetractions"];

    /// <summary>Takes a submission of one dataset, or of a set where the address names none.</summary>
    public async Task<IResult> Submit(ApiCall call, string? dataset)
    {
        if (!Read(call, dataset).Succeeded(out var request, out var error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        LetBodiesCome(call.Request.HttpContext);
        var submitted = await submissions.Submit(request, call.Request.HttpContext.RequestAborted);
        if (!submitted.Succeeded(out var answer, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        if (answer.Status == StatusCodes.Status202Accepted && RespondAsync.IsAsked(call.Request))
        {
            RespondAsync.Applied(call.Request.HttpContext.Response);
        }

        return new ReportResult(answer, call.Links);
    }

    /// <summary>How far a submission has come; its report once it is done. Only for its owner and for curators.</summary>
    public async Task<IResult> Find(ApiCall call, string id)
    {
        if (await Visible(call, id) is not { } status)
        {
            return NotFound(id);
        }

        return new ReportResult((status.Answer ?? SubmissionDocument.Of(status).Answer()) with { Status = StatusCodes.Status200OK }, call.Links);
    }

    /// <summary>The payload, byte for byte as it was sent, under a name that says what it is. Only for its owner and for curators.</summary>
    public async Task<IResult> Payload(ApiCall call, string id)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (await Visible(call, id) is null || await log.OpenPayload(id, cancellation) is not { } payload)
        {
            return NotFound(id);
        }

        if (payload.RedactedBy is { } redaction)
        {
            await payload.Content.DisposeAsync();
            return new ErrorResult(new(ErrorCode.Redacted, $"The payload of submission {id} had a text that release {redaction} took away; so it is gone."), ErrorShape.Problem);
        }

        call.Request.HttpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}{MediaType.EndingOf(payload.ContentType)}{(payload.IsGzip ? ".gz" : "")}\"";
        return Results.Stream(payload.Content, payload.IsGzip ? "application/gzip" : payload.ContentType);
    }

    private static Result<SubmissionRequest> Read(ApiCall call, string? name)
    {
        var query = call.Request.Query;
        var dataset = name is null ? null : Catalog.Find(name);
        var dryRunIsFlag = TryReadFlag(query["dryRun"].ToString(), out var dryRun);
        var baseIsRelease = TryReadNumber(query["base"].ToString(), out var release);
        var retractionsAreNumber = TryReadNumber(query["maxRetractions"].ToString(), out var retractions);
        return QueryOptions.Unknown(query, Options) is { } unknown ? unknown
            : name is not null && dataset is null ? UnknownDataset(name)
            : !dryRunIsFlag ? new ApiError(ErrorCode.BadRequest, "dryRun must be true or false.") { Target = "dryRun" }
            : !baseIsRelease ? new ApiError(ErrorCode.BadRequest, "base must be the number of a release.") { Target = "base" }
            : !retractionsAreNumber ? new ApiError(ErrorCode.BadRequest, "maxRetractions must be a whole number from 0.") { Target = "maxRetractions" }
            : Request(call, dataset) with
            {
                DryRun = dryRun,
                Base = release,
                MaxRetractions = retractions,
                EarlyAnswer = RespondAsync.IsAsked(call.Request) ? EarlyAnswer.Always : EarlyAnswer.WhenLong,
            };
    }

    internal static SubmissionRequest Request(ApiCall call, Dataset? dataset) => new()
    {
        Owner = call.Caller.Owner,
        MayChange = call.Caller.Datasets,
        Scopes = call.Caller.Scopes,
        Dataset = dataset,
        ContentType = call.Request.ContentType,
        ContentEncoding = Text(call.Request.Headers.ContentEncoding),
        Body = call.Request.Body,
        ContentLength = call.Request.ContentLength,
        IdempotencyKey = Api.IdempotencyKey.Of(call.Request),
        Mode = Text(call.Request.Query["mode"]),
        Reason = Text(call.Request.Query["reason"]),
        Message = Text(call.Request.Query["message"]),
    };

    internal static ApiError UnknownDataset(string name) =>
        new(ErrorCode.NotFound, Submissions.UnknownDataset.Message(name)) { Target = "dataset" };

    internal static string? Text(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();

    private static bool TryReadFlag(string text, out bool flag)
    {
        flag = false;
        return text.Length == 0 || bool.TryParse(text, out flag);
    }

    private static bool TryReadNumber(string text, out int? value)
    {
        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = read ? number : null;
        return read || text.Length == 0;
    }

    /// <summary>The server's own limit would answer before ours, which says what to do instead; what comes is counted as it is read.</summary>
    private static void LetBodiesCome(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private async Task<SubmissionStatus?> Visible(ApiCall call, string id) =>
        await log.Find(id, call.Request.HttpContext.RequestAborted) is { } status
        && (status.Owner == call.Caller.Owner || call.Caller.MayDo(Scopes.Curate | Scopes.Admin))
            ? status
            : null;

    private static ErrorResult NotFound(string id) =>
        new(new(ErrorCode.NotFound, $"There is no submission {id}, or it is not yours.") { Target = "id" }, ErrorShape.Problem);
}
