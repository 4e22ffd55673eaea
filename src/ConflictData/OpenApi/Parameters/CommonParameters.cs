using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Explorer;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Submissions;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Parameter;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The parameters of everything but the feed, by the names of the components that they are.</summary>
internal static class CommonParameters
{
    private const string ReleaseNames = "its number, a tag, `latest`, `daily` (the newest before the last midnight, UTC) or an instant such as `2026-01-31T00:00:00Z`";

    public static IEnumerable<(string Id, OpenApiParameter Parameter)> All() => [.. Parts(), .. Reading(), .. Writing(), .. Headers()];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Parts() =>
    [
        ("dataset", Part("dataset", Choice(Catalog.All.Select(dataset => dataset.Name), "A dataset; letter case is free."), "Casualties")),
        ("anySet", Part("dataset", Choice(Catalog.Sets.Select(set => set.Name), "A dataset or view; letter case is free."), "Casualties")),
        ("recordId", Part("id", Pattern(AccessSchemas.IdPattern, "The `Id` of a record; letter case is free."), "hasaka-2022-killed-is")),
        ("submissionId", Part("id", Text("The id of a submission, as its report and `Location` have it."), Examples.SubmissionId)),
        ("keyId", Part("id", Text("The id of a key."), Examples.KeyId)),
        ("webhookId", Part("id", Text("The id of a webhook."), "w4t8k2mz6b1c")),
        ("release", Part("release", Text($"A release: {ReleaseNames}."), "1")),
        ("other", Part("other", Text($"The later release: {ReleaseNames}."), "latest")),
        ("tag", Part("tag", Pattern(ReleaseSchemas.TagPattern, TagName.Rule), "2022-Q1")),
        ("snapshotFile", Part("file", Choice(SnapshotFiles(), "A file of the release; letter case is free."), "casualties.csv")),
        ("explorerFile", Part("file", Choice(ExplorerPage.Files, "A file of the page."), ExplorerPage.Files[0])),
        ("asset", Part("file", Choice(SwaggerUi.Files, "A file of the page."), SwaggerUi.Files[0])),
        ("anyPath", Part("path", Text("Any address under `/api/`, of any number of segments."), "datasets")),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Reading() =>
    [
        ("before", Option("before", Whole("Only what comes before this release; what `next` holds.", 0, int.MaxValue))),
        ("afterKey", Option("after", Text("Only keys behind this id; what `next` holds."))),
        ("afterFile", Option("after", Text("Only files behind this name; what `next` holds."))),
        ("afterRecord", Option("after", Pattern("^[A-Za-z]+:.*$", "Only records behind this one; what `next` holds."))),
        ("only", Option("dataset", Choice(Catalog.All.Select(dataset => dataset.Name), "Only this dataset; letter case is free."))),
        ("releaseOption", Option("release", Defaulting(Text($"A release: {ReleaseNames}."), "latest"))),
        ("date", Option("date", Text("The day on which the memberships hold; left out = that on which the release was committed.", "date"))),
        ("form", Option("format", Choice(["json", "csv"], "The form of the answer; left out = what `Accept` likes better, else JSON."))),
        ("catalogueForm", Option("format", Choice(["json", "jsonld"], "The form of the answer, `jsonld` a DCAT catalogue; left out = what `Accept` likes better, else JSON."))),
        ("part", Option("part", Defaulting(Choice(["changes", "totals"], "Which of its two tables a CSV is; JSON has both."), "changes"))),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Writing() =>
    [
        ("mode", Option("mode", Defaulting(Choice(["upsert", "replace"], "`replace`: the payload is the whole of its datasets, and records that it lacks are retracted; needs `base`."), "upsert"))),
        ("reason", Option("reason", Choice(SubmissionRequest.Reasons, "Why, for all rows that have no `ChangeReason` of their own."))),
        ("message", Option("message", Longest(Text("What the log of the change is to say."), ChangeMessage.MaxLength))),
        ("dryRun", Option("dryRun", Defaulting(Truth("All checks, and nothing stored."), false))),
        ("base", Option("base", Whole("Number of the release that the payload was made from. Rows that were changed since are refused.", 0, int.MaxValue))),
        ("maxRetractions", Option("maxRetractions", Whole(
            "With `mode=replace`: how many records may be retracted for being absent; left out = a tenth of those that the caller may retract in each dataset.", 0, int.MaxValue))),
        ("overlapHours", Option("overlapHours", Defaulting(Whole("Hours for which the old key goes on.", 0, KeyAnswers.LongestOverlapHours), KeyAnswers.UsualOverlapHours))),
    ];

    private static IEnumerable<(string Id, OpenApiParameter Parameter)> Headers() =>
    [
        ("idempotencyKey", Header(IdempotencyKey.Header, KeyOfTheClient("Names the submission, for ever: sent again with the same payload it gets the first answer again, marked as `repeated`, with another one 409. A report of errors frees it."))),
        ("keyIdempotency", Header(IdempotencyKey.Header, KeyOfTheClient(
            "Names the key that is to be made: sent again, because the answer was lost, it gets that key with a secret made anew, which ends the first one, as long as the key was never used; else 409."))),
        ("webhookIdempotency", Header(IdempotencyKey.Header, KeyOfTheClient(
            "Names the webhook that is to be made: sent again, because the answer was lost, it gets that webhook, with a secret made anew where that was made here and no notice was taken yet; else 409."))),
        ("respondAsync", Header("Prefer", Text(
            $"`respond-async`: 202 as soon as the payload is kept. More than {SubmissionLimits.RowsWaitedFor} rows are answered so whatever is preferred."))),
        ("contentEncoding", Header("Content-Encoding", Choice(["identity", "gzip"], "How the body is packed; in any letter case, gzip also as x-gzip."))),
        ("ifNoneMatch", Header("If-None-Match", Text("Tags of answers that the client has: 304 where one of them still holds."))),
        ("ifMatch", Header("If-Match", Text("Tags of which the file must have one: 412 where it has none."))),
        ("ifAny", Header("If-Match", Text("`*`, or 412: tags are weak here, and If-Match compares strongly."))),
        ("ifModifiedSince", Header("If-Modified-Since", Text("304 where the file has not changed since; an HTTP date."))),
        ("ifUnmodifiedSince", Header("If-Unmodified-Since", Text("412 where what is asked for has changed since; an HTTP date."))),
        ("range", Header("Range", Pattern("^bytes=", "Which bytes of the file: 206 with those, 416 where it has none of them."))),
        ("ifRange", Header("If-Range", Text("The tag or date of the file that the rest of `Range` is of; the whole file where it has another."))),
        ("origin", Header("Origin", Text("Where the page comes from."))),
        ("askedMethod", Header("Access-Control-Request-Method", Text("The method that the page would use."))),
        ("askedHeaders", Header("Access-Control-Request-Headers", Text("The headers that it would send."))),
    ];

    private static IEnumerable<string> SnapshotFiles() =>
        [.. Catalog.Published.SelectMany(set => SnapshotForm.All.Select(form => form.FileOf(set))), DataPackage.FileName, ReleaseArchive.FileName];

    private static OpenApiSchema KeyOfTheClient(string description) => new()
    {
        Type = JsonSchemaType.String,
        MinLength = 1,
        MaxLength = IdempotencyKey.Longest,
        Pattern = "^[ -~]+$",
        Description = description,
    };

    private static OpenApiSchema Defaulting(OpenApiSchema schema, System.Text.Json.Nodes.JsonNode value)
    {
        schema.Default = value;
        return schema;
    }

    private static OpenApiSchema Longest(OpenApiSchema schema, int length)
    {
        schema.MaxLength = length;
        return schema;
    }
}
