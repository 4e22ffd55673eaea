using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.Snapshots;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>Releases, their tags, what changed between them, and their files.</summary>
internal static class ReleaseOperations
{
    public static IEnumerable<Operation> All() => [.. Releases(), .. TagMoves(), .. Snapshots()];

    private static IEnumerable<Operation> Releases() =>
    [
        new("Releases", "listReleases", "The releases, newest first")
        {
            Tag = Tags.Releases, AnyOf = Common.Read, Parameters = ["before"], Text = "100 at a time.",
            Answers = [(200, Answers.OfJson("The releases, and the address of older ones.", "ReleaseList", "releases"))],
            Errors = [ErrorCode.NotReady],
        },
        new("ReleaseAtom", "getReleaseAtom", "The newest releases, as an Atom feed")
        {
            Tag = Tags.Releases, AnyOf = Common.Read, Parameters = ["ifNoneMatch", "ifAny"], Text = $"The newest {ReleaseAtom.Most}, each with links to it and to what it changed.",
            Answers = [(200, Answers.Of("The feed.", ["ETag"], (ReleaseAtom.MediaType.Split(';')[0], Answers.Text("RFC 4287.")))), Answers.NotModified],
            Errors = [ErrorCode.NotReady],
        },
        new("Release", "getRelease", "A release, by any of its names")
        {
            Tag = Tags.Releases, AnyOf = Common.Read, Parameters = ["release"],
            Answers = [(200, Answers.OfJson("The release.", "Release", "release"))],
            Errors = [ErrorCode.ReleaseNotFound, ErrorCode.NotReady],
        },
        new("ReleaseDiff", "getDiff", "What changed from one release to another")
        {
            Tag = Tags.Releases, AnyOf = Common.Read, Parameters = ["release", "other", "only", "form", "part", "afterRecord"],
            Text = "Record by record with both values and the reason, 1,000 at a time, and how each total moved. "
                + "CSV is a line for each value that differs, or with `part=totals` for each total that moved.",
            Answers = [(200, Answers.Of(
                "The changes.", ["Conflict-Release"],
                (Answers.Json, Answers.Content("Diff", "diff")), (Answers.Csv, Answers.Text("RFC 4180, with a header."))))],
            Errors = [ErrorCode.ReleaseNotFound, .. Common.OfEngine],
        },
    ];

    private static IEnumerable<Operation> TagMoves() =>
    [
        new("TagRelease", "tagRelease", "Put a tag on a release")
        {
            Method = HttpMethod.Put, Tag = Tags.Releases, AnyOf = Common.Curate, Parameters = ["release"],
            Text = "Wherever it was before. From then on the tag names the release wherever one is named.",
            Body = Bodies.Json("TagRequest", "tagRequest"),
            Answers =
            [
                (200, Answers.OfJson("The release; the tag was on another one or, and then nothing is written, on this one.", "Release", "release")),
                (201, Answers.OfJson("The release; there was no such tag.", "Release", "release", "Location")),
            ],
            Errors = [ErrorCode.ReleaseNotFound, ErrorCode.Conflict, ErrorCode.UnsupportedMediaType, .. Common.OfEngine],
        },
        new("UntagRelease", "untagRelease", "Take a tag away from a release")
        {
            Method = HttpMethod.Delete, Tag = Tags.Releases, AnyOf = Common.Curate, Parameters = ["release", "tag", "message"],
            Answers = [(200, Answers.OfJson("The release.", "Release", "release"))],
            Errors = [ErrorCode.NotFound, ErrorCode.ReleaseNotFound, ErrorCode.Conflict, .. Common.OfEngine],
        },
    ];

    private static IEnumerable<Operation> Snapshots() =>
    [
        new("Snapshots", "listSnapshots", "The published releases, newest first, with their files")
        {
            Tag = Tags.Snapshots, AnyOf = Common.Read, Parameters = ["before"], Text = "20 at a time.",
            Answers = [(200, Answers.OfJson("The releases, and the address of older ones.", "SnapshotList", "snapshots"))],
        },
        new("SnapshotFile", "getSnapshotFile", "A file of a release")
        {
            Tag = Tags.Snapshots, AnyOf = Common.Read,
            Parameters = ["release", "snapshotFile", "range", "ifRange", "ifNoneMatch", "ifMatch", "ifModifiedSince", "ifUnmodifiedSince"],
            Text = "`latest` is the newest published release; any other is published when it is asked for first. The same release has the same bytes for ever.",
            Answers = [(200, File("The file.")), (206, File("The bytes that were asked for.", "Content-Range")), Answers.NotModified, (307, Answers.Plain("Where storage hands it out for some minutes, where the settings say so.", "Location"))],
            Errors = [ErrorCode.NotFound, ErrorCode.ReleaseNotFound, ErrorCode.PreconditionFailed, ErrorCode.RangeNotSatisfiable, .. Common.OfEngine],
        },
    ];

    private static OpenApiResponse File(string text, params string[] headers) => Answers.Of(
        text, ["Conflict-Release", "Content-Disposition", "ETag", "Last-Modified", .. headers],
        (Answers.Csv, Answers.Text("UTF-8, RFC 4180, with a header, ordered by Id; ISO dates, empty = null.", Examples.PublishedCsv)),
        (SnapshotForm.NdJson.MediaType, Answers.Text("A JSON object a line.")),
        (SnapshotForm.CsvGzip.MediaType, Bytes("The CSV, compressed.")),
        (SnapshotForm.Parquet.MediaType, Bytes("Typed columns.")),
        (DataPackage.MediaType, new OpenApiMediaType { Schema = Shapes.Map(Shapes.Anything("As the standard has it."), "The data package (Frictionless, version 2).") }),
        (ReleaseArchive.MediaType, Bytes("All tables in one zip.")));

    private static OpenApiMediaType Bytes(string description) => new() { Schema = new OpenApiSchema { ContentMediaType = "application/octet-stream", Description = description } };
}
