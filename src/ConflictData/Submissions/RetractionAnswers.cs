using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>What DELETE of a record answers: a submission of one row that retracts it, by the same path as any other.</summary>
public sealed class RetractionAnswers(SubmissionService submissions)
{
    /// <summary>
    /// Retracts a record: 200 with the submission's report; 404 where there is none, or none any more; 403 where it is another
    /// contributor's; 409 or 422 with a report where other records stand against it. The same Idempotency-Key gives the first answer again.
    /// </summary>
    public async Task<IResult> Retract(ApiCall call, string name, string id)
    {
        if (!Read(call, name, id).Succeeded(out var request, out var error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var submitted = await submissions.Submit(request, call.Request.HttpContext.RequestAborted);
        if (submitted.Succeeded(out var answer, out error))
        {
            error = Refusal(answer);
        }

        return error is not null ? new ErrorResult(error, ErrorShape.Problem)
            : new ReportResult(answer!.Status == StatusCodes.Status201Created ? answer with { Status = StatusCodes.Status200OK } : answer, call.Links);
    }

    private static Result<SubmissionRequest> Read(ApiCall call, string name, string id)
    {
        var query = call.Request.Query;
        if (QueryOptions.Unknown(query, "reason", "message") is { } unknown)
        {
            return unknown;
        }

        if (Catalog.Find(name) is not { } dataset)
        {
            return SubmissionAnswers.UnknownDataset(name);
        }

        return !RowCheckText.IsId(id)
            ? new ApiError(ErrorCode.NotFound, $"{dataset.Name} has no record of this id; it is none that a record can have.") { Target = "id" }
            : SubmissionAnswers.Request(call, dataset) with
            {
                ContentType = "application/json",
                ContentEncoding = null,
                ContentLength = null,
                Body = Row(id),
                // Without a key of the caller's each call is one of its own: whoever retracts a record that has come back since means it.
                IdempotencyKey = Api.IdempotencyKey.Of(call.Request) ?? Guid.NewGuid().ToString("N"),
                Mode = null,
            };
    }

    private static MemoryStream Row(string id)
    {
        var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("Id", id);
            json.WriteString(RowSource.Action, "retract");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        body.Position = 0;
        return body;
    }

    /// <summary>What is wrong with the one record, in the terms of its address; null where the report says it best.</summary>
    private static ApiError? Refusal(SubmissionAnswer answer)
    {
        if (answer.Status != StatusCodes.Status422UnprocessableEntity)
        {
            return null;
        }

        var error = JsonSerializer.Deserialize(answer.Body.Span, SubmissionJson.Default.SubmissionReport)!.Errors[0];
        return error.Code switch
        {
            RowErrorCodes.RecordNotFound => new(ErrorCode.NotFound, error.Message) { Target = "id" },
            RowErrorCodes.NotYours => new(ErrorCode.Forbidden, error.Message) { Target = "id" },
            _ => null,
        };
    }
}
