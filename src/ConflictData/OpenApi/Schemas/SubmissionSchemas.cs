using ConflictData.Submissions;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>What submissions answer.</summary>
internal static class SubmissionSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("SubmissionCounts", Object(
            "How many rows do what.",
            ("accepted", Whole("Rows that passed every check, and records that replace retracts; 0 where the submission was refused.")),
            ("added", Whole("Records that are new, or live again.")),
            ("changed", Whole("Records that get another revision.")),
            ("unchanged", Whole("Rows that say what is stored; they make no revision.")),
            ("retracted", Whole("Records that are gone."))).Closed()),
        ("SubmissionReport", Object(
            "What became of a submission. A refused one is a problem (RFC 9457) at once, whose members are there only then.",
            ("type?", Pattern("^urn:conflictfunctions:error:[A-Za-z]+$", "The code as a URN.")),
            ("title?", Text("What the code means.")),
            ("status?", Whole("The HTTP status.", 400, 599)),
            ("code?", Ref("ErrorCode")),
            ("detail?", Text("The first error in words, or why it failed.")),
            ("id", Text("The submission.")),
            ("state", Choice(["committed", "unchanged", "checked", "rejected", "failed"], "`unchanged`: all of it was stored already; `checked`: a dry run without errors; `failed`: promised, and given up after it failed too often, as `detail` says.")),
            ("release", Whole("The release that it is; null where it made none.", 1).OrNull()),
            ("counts", Ref("SubmissionCounts")),
            ("errorCount", Whole("How many errors there are.")),
            ("errors", Errors()),
            ("warningCount", Whole("How many warnings there are.")),
            ("warnings", List(Ref("RowProblem"), $"What was stored all the same. The first {SubmissionLimits.ReportedProblems} of each code.")),
            ("replacedOtherOwner", List(Ref("ReplacedRecords"), "All records that were another owner's until this changed them.")),
            ("repeated?", Ref("RepeatedAnswer"))).Closed()),
        ("ReplacedRecords", Object(
            "Records of a dataset that were another owner's.",
            ("dataset", Text("The dataset.")),
            ("ids", List(Text("The id of a record."), "All of them, in the order of the payload."))).Closed()),
        ("RefusedReport", new OpenApiSchema
        {
            Description = "The report of a submission that was refused; nothing was stored.",
            AllOf = [Ref("SubmissionReport"), Ref("Problem")],
        }),
        ("SubmissionProgress", Object(
            "How far a submission is that has no report yet.",
            ("id", Text("The submission.")),
            ("state", Choice(["received", "writing", "rejected", "abandoned"], "`rejected` for the moment before its report is there.")),
            ("rows", RowsDone()),
            ("failure", Text("Why the last try failed, which is followed by another; null where none did.").OrNull()),
            ("repeated?", Ref("RepeatedAnswer"))).Closed()),
        ("RepeatedAnswer", Object(
            "Only in an answer that was given before: nothing was done now.",
            ("firstSentAt", Instant("When the same was sent first.")),
            ("detail", Text("What to do where it is meant anew."))).Closed()),
        ("InboxFile", Object(
            "A file of the inbox.",
            ("name", Text("Its name there, `{dataset}/{file}`.")),
            ("bytes", Whole("Its length.")),
            ("writtenAt", Instant("When it was written to last, by the clock of storage.")),
            ("state", Choice(["growing", "waiting", "loading", "leaving"], "`growing`: leased or written to just now, so left alone; `leaving`: it has its answer and is about to be moved.")),
            ("submission", Text("The submission that it is or was loaded as; null before.").OrNull()),
            ("rows", RowsDone().OrNull()),
            ("url", Address("Where its submission can be looked at; null before.").OrNull())).Closed()),
        ("InboxList", Object(
            "What lies in the inbox, in the order of names.",
            ("files", List(Ref("InboxFile"), "The files.")),
            ("next", Address("Address of more; null where there are none.").OrNull())).Closed()),
    ];

    private static OpenApiSchema RowsDone() => Object(
        "The rows that are done, as of a few seconds ago.",
        ("read", Whole("Rows read from the payload.")),
        ("checked", Whole("Rows that were checked by themselves.")),
        ("written", Whole("Revisions in storage."))).Closed();

    private static OpenApiSchema Errors()
    {
        var list = List(Ref("RowProblem"), $"The errors, in the order of datasets and lines. The first {SubmissionLimits.ReportedProblems}.");
        list.MaxItems = SubmissionLimits.ReportedProblems;
        return list;
    }
}
