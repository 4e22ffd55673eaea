using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>The way in.</summary>
internal static class SubmissionOperations
{
    private static readonly string[] Options = ["mode", "reason", "message", "dryRun", "base", "maxRetractions", "idempotencyKey", "respondAsync", "contentEncoding"];

    private static readonly string Text =
        $"Stored whole or not at all, and one release. At most {SubmissionLimits.Rows} rows and {SubmissionLimits.BodyBytes} bytes, {SubmissionLimits.UnpackedBytes} unpacked; more go through the inbox. "
        + "One's own records, those whose last change one sent, with `contribute`; anybody's with `curate`, whose they are from then on. Rows that say what is stored make no revision. "
        + "What was sent before is not done again: without an `Idempotency-Key` for 24 hours the same payload with the same options is taken for a retry, unless it changed nothing then. "
        + $"The answer is the first one, with the member `repeated` and the header `{RepeatedAnswer.HeaderName}`.";

    private static readonly ErrorCode[] Errors =
    [
        ErrorCode.NotFound, ErrorCode.ReleaseNotFound, ErrorCode.Conflict, ErrorCode.BaseMoved, ErrorCode.IdempotencyMismatch, ErrorCode.InProgress, ErrorCode.StillReferenced,
        ErrorCode.UnsupportedMediaType, ErrorCode.EngineFull, .. Common.OfEngine,
    ];

    public static IEnumerable<Operation> All() =>
    [
        .. Catalog.All.Select(dataset => Submit("Submit", $"submit{dataset.Name}", $"Send in rows of {dataset.Name}", Bodies.Rows(dataset)) with { Part = ("{dataset}", dataset.Name) }),
        Submit("SubmitSet", "submitSet", "Send in rows of several datasets as one release", Bodies.Set()),
        new("Submission", "getSubmission", "How far a submission has come, and its report once it is done")
        {
            Tag = Tags.Submissions, AnyOf = Common.Contribute, Parameters = ["submissionId"], Text = "Only for its owner and for curators.",
            Answers = [(200, Answers.Of("The report, also where the submission was refused, or how far it is.", ["Retry-After", "Conflict-Release"],
                (Answers.Json, new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { AnyOf = [Shapes.Ref("SubmissionReport"), Shapes.Ref("SubmissionProgress")] },
                    Example = Examples.Named("report"),
                })))],
            Errors = [ErrorCode.NotFound],
        },
        new("SubmissionPayload", "getPayload", "What was sent in, byte for byte")
        {
            Tag = Tags.Submissions, AnyOf = Common.Contribute, Parameters = ["submissionId"], Text = "Only for its owner and for curators.",
            Answers = [(200, Answers.Of("The payload, in the media type that it was sent in; what came with `Content-Encoding: gzip` is a file of gzip.", ["Content-Disposition"], ("*/*", new OpenApiMediaType())))],
            Errors = [ErrorCode.NotFound, ErrorCode.Redacted],
        },
        new("Inbox", "listInbox", "What lies in the inbox, and how far each file is")
        {
            Tag = Tags.Submissions, AnyOf = Common.Curate, Parameters = ["afterFile"],
            Text = "50 at a time. Files of up to 1 GB that are dropped into the blob container `inbox` are submissions, one each.",
            Answers = [(200, Answers.OfJson("The files, and the address of more.", "InboxList", "inbox"))],
        },
    ];

    private static Operation Submit(string function, string id, string summary, OpenApiRequestBody body) => new(function, id, summary)
    {
        Method = HttpMethod.Post, Tag = Tags.Submissions, AnyOf = Common.Contribute, Parameters = Options, Text = Text, Body = body,
        Answers =
        [
            (200, Answers.OfJson("Nothing changed, or it was a dry run.", "SubmissionReport", "dryRun", RepeatedAnswer.HeaderName)),
            (201, Answers.OfJson("The release that it is.", "SubmissionReport", "report", "Location", "Conflict-Release", RepeatedAnswer.HeaderName)),
            (202, Answers.OfJson("It is finished later; `Location` is where to look.", "SubmissionProgress", "progress", "Location", "Retry-After", "Preference-Applied", RepeatedAnswer.HeaderName)),
            (422, Refused("Rows have errors; nothing was stored.", ErrorCode.Rejected)),
        ],
        Errors = Errors,
    };

    private static OpenApiResponse Refused(string text, ErrorCode code) => Answers.Of(
        $"{ErrorSchemas.Line(code)} {text}", [], (Answers.Problem, new OpenApiMediaType { Schema = Shapes.Ref("RefusedReport"), Example = Examples.Named("refused") }));
}
