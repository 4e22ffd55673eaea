using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Releases;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>Releases, their tags, what changed between two of them, and how a record came to be what it is.</summary>
internal static class ReleaseSchemas
{
    /// <summary>What <see cref="TagName"/> lets through, but for the two names that are taken.</summary>
    public const string TagPattern = "^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => [.. Releases(), .. Redactions(), .. Changes()];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Releases() =>
    [
        ("Release", Object(
            "A release: a submission that was committed. It never changes; its tags may.",
            ("number", Whole("Its number.", 1)),
            ("committedAt", Instant("When it was committed, UTC.")),
            ("submission", Text("The submission that it is.")),
            ("mode", Choice(["upsert", "replace", "redaction"], "How the payload was meant, or that there was none.")),
            ("reason", Text("The submission's reason, where it gave one.").OrNull()),
            ("message", Text("The submission's message, where it gave one.").OrNull()),
            ("revisions", Map(Whole("Revisions."), "How many revisions it brought to which dataset.")),
            ("redaction", new OpenApiSchema { AnyOf = [Ref("RedactedText"), new OpenApiSchema { Type = JsonSchemaType.Null }], Description = "What it took out of the releases before it; null for a submission." }),
            ("tags", List(Text("A tag."), "Its tags, by name.")),
            ("tagMoves", List(Ref("TagMove"), "Every tag that was put on it or moved away from it, oldest first.")),
            ("feed", Address("The feed at this release."))).Closed()),
        ("TagMove", Object(
            "A tag that was put on a release, moved or taken away.",
            ("tag", Text("The tag.")),
            ("from", Whole("The release that it was on; null where it was on none.", 1).OrNull()),
            ("to", Whole("The release that it was put on; null where it was taken away.", 1).OrNull()),
            ("movedAt", Instant("When, UTC.")),
            ("owner", Text("By whom.")),
            ("message", Text("Why, where that was said.").OrNull())).Closed()),
        ("ReleaseList", Object(
            "Releases, newest first.",
            ("releases", List(Ref("Release"), "The releases.")),
            ("next", Address("Address of older ones; null where there are none.").OrNull())).Closed()),
        ("TagRequest", Object(
            "A tag for a release.",
            ("tag", Pattern(TagPattern, TagName.Rule)),
            ("message?", Message().OrNull())).Closed()),
    ];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Redactions() =>
    [
        ("RedactedText", Object(
            "What a redaction took away.",
            ("dataset", Datasets()),
            ("id", Text("The record's id.")),
            ("columns", List(Text("A column."), "The columns whose texts are gone.")),
            ("releases", List(Whole("A release.", 1), "The releases that had brought them, oldest first."))).Closed()),
        ("Redaction", Object(
            "Texts that were taken out of the past of a record.",
            ("release", Whole("The release that it is.", 1)),
            ("committedAt", Instant("When it was made, UTC.")),
            ("message", Text("Why.").OrNull()),
            ("dataset", Datasets()),
            ("id", Text("The record's id.")),
            ("columns", List(Text("A column."), "The columns whose texts are gone.")),
            ("releases", List(Whole("A release.", 1), "The releases that had brought them, oldest first.")),
            ("state", Choice(["removing", "removed"], "removing: nothing shows the texts any more, but copies of them may be in storage yet; removed, some two hours later: there are none.")),
            ("removedAt", Instant("When it was sure that no copy was left, UTC; null before.").OrNull()),
            ("link", Address("The release."))).Closed()),
        ("RedactionList", Object("Redactions of a record, newest first.", ("redactions", List(Ref("Redaction"), "The redactions."))).Closed()),
        ("RedactionRequest", Object(
            "Which texts are to be taken away.",
            ("columns", List(Text("A column of free text."), "The columns.")),
            ("releases?", List(Whole("A release.", 1), "The releases that brought the revisions; without them all but the record as it stands now.").OrNull()),
            ("message", Message())).Closed()),
    ];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Changes() =>
    [
        ("ColumnChange", Object(
            "A value that differs.",
            ("before", Anything("The value before; null = empty.")),
            ("after", Anything("The value after; null = empty."))).Closed()),
        ("Total", Object(
            "An honest total: bounds stay bounds.",
            ("low", Whole("Sum of the lower bounds; null where there is none.").OrNull()),
            ("best", Whole("The sum, where every row is exact.").OrNull()),
            ("high", Whole("Sum of the upper bounds; null where a row has none.").OrNull()),
            ("about", Whole("Sum of the rows that say about.").OrNull()),
            ("unnumbered", Whole("Rows without a number.")),
            ("label", Text("The total in words, such as 522+."))).Closed()),
        ("Diff", Object(
            "What changed between two releases, in pages of records.",
            ("from", Whole("The earlier release.")),
            ("to", Whole("The later release.")),
            ("datasets", List(DatasetDiff(), "What each dataset's change comes to.")),
            ("changes", List(RecordChange(), "The records of this page.")),
            ("next", Address("Address of the next page; null on the last one.").OrNull())).Closed()),
        ("History", Object(
            "Revisions of a record, newest first.",
            ("dataset", Text("Its dataset.")),
            ("id", Text("Its id.")),
            ("revisions", List(Revision(), "The revisions.")),
            ("next", Address("Address of older ones; null where there are none.").OrNull())).Closed()),
    ];

    private static OpenApiSchema DatasetDiff() => Object(
        "A dataset.",
        ("dataset", Datasets()),
        ("added", Whole("Records that are new.")),
        ("changed", Whole("Records that differ.")),
        ("retracted", Whole("Records that are gone.")),
        ("totals", List(
            Object("A total that moved.", ("outcome", Text("Of which outcome.")), ("before", Ref("Total")), ("after", Ref("Total"))).Closed(),
            "The totals that moved."))).Closed();

    private static OpenApiSchema RecordChange() => Object(
        "A record that differs.",
        ("dataset", Datasets()),
        ("id", Text("Its id.")),
        ("change", Choice(["added", "changed", "retracted"], "What became of it.")),
        ("release", Whole("The last release that touched it.", 1)),
        ("reason", Text("The reason that this release gave.").OrNull()),
        ("columns", Columns())).Closed();

    private static OpenApiSchema Revision() => Object(
        "A revision.",
        ("release", Whole("The release that brought it.", 1)),
        ("committedAt", Instant("When that was committed, UTC.")),
        ("submission", Text("The submission.")),
        ("action", Choice(["upsert", "retract"], "What it did.")),
        ("reason", Text("Why.").OrNull()),
        ("message", Text("The message of the submission.").OrNull()),
        ("columns", Columns()),
        ("values", Map(Anything("A value; null = empty."), "All values of the record, by column; none of a retraction."))).Closed();

    private static OpenApiSchema Columns() => Map(Ref("ColumnChange"), "The columns that differ.");

    private static OpenApiSchema Datasets() => Choice(Catalog.All.Select(dataset => dataset.Name), "The dataset.");

    private static OpenApiSchema Message()
    {
        var message = Text("Why.");
        message.MaxLength = ChangeMessage.MaxLength;
        return message;
    }
}
