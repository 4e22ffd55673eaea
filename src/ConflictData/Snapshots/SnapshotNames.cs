using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Snapshots;

/// <summary>A release as it was published.</summary>
/// <param name="Release">The release.</param>
/// <param name="Redaction">The last redaction that had taken something out of what is published of it; 0 = none.</param>
public readonly record struct PublishedRelease(int Release, int Redaction = 0)
{
    /// <summary>A release as it is to be published where these redactions are known.</summary>
    public static PublishedRelease Of(int release, Redactions redactions) => new(release, redactions.Last(release, Catalog.Published));

    /// <summary>False for what was published before a redaction of it: it has texts that are to be nowhere any more.</summary>
    public bool IsCurrent(Redactions redactions) => this == Of(Release, redactions);
}

/// <summary>
/// How published files are called. Each name says of which release its rows are and which redaction was the last to take something out of
/// them, so that what is published after it never has the name of what was before.
/// </summary>
internal static partial class SnapshotNames
{
    /// <summary>What all manifests' names begin with.</summary>
    public const string ManifestFolder = "sets/";

    /// <summary>Counts down, so that the newest release is the first one listed.</summary>
    public static string Manifest(PublishedRelease published) => $"{ManifestFolder}{Countdown(published.Release)}{Redacted(published.Redaction)}.json";

    /// <summary>What the names of the manifests of a release and of all older ones are not before.</summary>
    public static string ManifestsFrom(int release) => ManifestFolder + Countdown(release);

    /// <summary>The release that a manifest is of, from its name; null for what is none.</summary>
    public static PublishedRelease? ReadManifest(string blob) => ManifestName().Match(blob) is { Success: true } match
        ? new(int.MaxValue - Number(match.Groups["release"]), Number(match.Groups["redaction"]))
        : null;

    /// <summary>A file of a set. Parquet lies in the folder of a table that others read by its log.</summary>
    public static string File(Dataset set, SnapshotForm form, PublishedRelease rows)
    {
        var place = $"{rows.Release:D10}-{SetShape.Of(set)}{Redacted(rows.Redaction)}";
        return form == SnapshotForm.Parquet ? $"{DeltaTables.FolderOf(set)}{place}{form.Ending}" : $"files/{place}/{form.FileOf(set)}";
    }

    /// <summary>A file that holds all sets of a release.</summary>
    public static string Whole(PublishedRelease published, string name) => $"releases/{published.Release:D10}-{SetShape.OfAll}{Redacted(published.Redaction)}/{name}";

    /// <summary>True for a file, but no manifest, with rows as they were before a redaction of them.</summary>
    public static bool IsOvertaken(string blob, Redactions redactions)
    {
        if (redactions.All.Count == 0 || FileName().Match(blob) is not { Success: true } match)
        {
            return false;
        }

        var set = Catalog.Published.FirstOrDefault(set => set.FileName == match.Groups["set"].Value);
        return Number(match.Groups["redaction"]) < redactions.Last(Number(match.Groups["release"]), set is null ? Catalog.Published : [set]);
    }

    private static string Countdown(int release) => (int.MaxValue - release).ToString("D10", CultureInfo.InvariantCulture);

    private static string Redacted(int redaction) => redaction == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-r{redaction}");

    private static int Number(Group digits) => digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^sets/(?<release>\d{10})(-r(?<redaction>\d+))?\.json$")]
    private static partial Regex ManifestName();

    /// <summary>The set stands in the name of the file, or of the table's folder; what holds all sets has none.</summary>
    [GeneratedRegex(@"^(files/|releases/|delta/(?<set>\w+)/)(?<release>\d{10})-\w+?(-r(?<redaction>\d+))?(\.parquet$|/(?<set>[\w-]+)\.)")]
    private static partial Regex FileName();
}
