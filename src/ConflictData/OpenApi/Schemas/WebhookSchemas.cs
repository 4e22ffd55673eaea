using ConflictData.Access;
using ConflictData.Datasets;
using ConflictData.Webhooks;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>Webhooks.</summary>
internal static class WebhookSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Webhook", Object(
            "Somebody who is told of releases.",
            ("id", Text("Names it.")),
            ("secret?", Text("What notices are signed with; only in the answer that makes it, where it was made here.")),
            ("name", Text("What its makers call it.")),
            ("url", Address("Where notices are sent.")),
            ("datasets", List(Text("A dataset."), "The datasets whose releases it is told of; null = all.").OrNull()),
            ("state", Choice(["active", "failing"], "`failing`: nothing could be delivered for a day; it is still tried once a day.")),
            ("createdAt", Instant("When it was made, UTC.")),
            ("createdBy", Text("Owner of the key that it was made with.")),
            ("told", Whole("The newest release that it was told of; at first the newest that there was.")),
            ("toldAt", Instant("When a notice was delivered last; null where none was.").OrNull()),
            ("failures", Whole("Tries since then that failed.")),
            ("failingSince", Instant("When the first of them was; null where there was none.").OrNull()),
            ("trouble", Text("What went wrong the last time; null where nothing did.").OrNull()),
            ("nextTry", Instant("Not before then is it tried again; null where nothing is in the way.").OrNull())).Closed()),
        ("Notice", Object(
            "What a webhook is told of a release.",
            ("id", Text("The same each time that it is sent.")),
            ("release", Whole("The release.", 1)),
            ("committedAt", Instant("When it was committed, UTC.")),
            ("reason", Text("The submission's reason, where it gave one.").OrNull()),
            ("datasets", Map(Whole("Rows.", 1), "How many rows each dataset got, retractions included.")),
            ("earlier", List(Whole("A release.", 1), $"Releases before it that are told of with it, where more than {Notice.MostWaiting} notices waited; usually none.")),
            ("links", Ref("NoticeLinks"))).Closed()),
        ("NoticeLinks", Object(
            "Where more is found of what a notice tells.",
            ("release", Address("The release.")),
            ("changes", Address("What changed, with the earlier releases; null where the first release is among them.").OrNull()),
            ("feed", Address("The feed at the release."))).Closed()),
        ("WebhookList", Object("All webhooks, in the order of their ids.", ("webhooks", List(Ref("Webhook"), "The webhooks."))).Closed()),
        ("WebhookRequest", Object(
            "A webhook that is to be made.",
            ("name", Sized(Text("What its makers call it."), 1, KeyRequest.LongestName)),
            ("url", Sized(Address("Where notices are sent: an https address that leads to a public one, without user and fragment."), 1, WebhookRequest.LongestUrl)),
            ("datasets?", AtLeastOne(List(Choice(Catalog.All.Select(dataset => dataset.Name), "A dataset."), "The datasets whose releases it is told of; left out = all.").OrNull())),
            ("secret?", Sized(Pattern("^[!-~]+$", "What notices are signed with; left out = one is made.").OrNull(), NoticeSignature.Shortest, NoticeSignature.Longest))).Closed()),
    ];

    private static OpenApiSchema AtLeastOne(OpenApiSchema list)
    {
        list.MinItems = 1;
        return list;
    }

    private static OpenApiSchema Sized(OpenApiSchema text, int least, int most)
    {
        (text.MinLength, text.MaxLength) = (least, most);
        return text;
    }
}
