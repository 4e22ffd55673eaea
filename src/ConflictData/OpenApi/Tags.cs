using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>What operations are grouped by.</summary>
internal static class Tags
{
    public const string Datasets = "Datasets";
    public const string Feed = "Feed";
    public const string FeedAtRelease = "Feed at a release";
    public const string Releases = "Releases";
    public const string Snapshots = "Snapshots";
    public const string Maps = "Maps";
    public const string Submissions = "Submissions";
    public const string Keys = "Keys";
    public const string Webhooks = "Webhooks";
    public const string Health = "Health";
    public const string Documents = "Documents";

    public static IEnumerable<OpenApiTag> All() =>
    [
        Of(Datasets, "What there is: datasets, their schemas, and how records came to be what they are."),
        Of(Feed, "Every dataset and view as OData 4.01 at the newest release. What a page is of, all its next pages are of."),
        Of(FeedAtRelease, "The same at any release, which never changes."),
        Of(Releases, "The releases, their tags, and what changed between them."),
        Of(Snapshots, "Published files of a release."),
        Of(Maps, "Places and zones as GeoJSON."),
        Of(Submissions, "The way in, and the way out of the records."),
        Of(Keys, "The keys that callers are known by."),
        Of(Webhooks, "Who is told of releases."),
        Of(Health, "Whether the app answers."),
        Of(Documents, "This description."),
    ];

    private static OpenApiTag Of(string name, string description) => new() { Name = name, Description = description };
}
