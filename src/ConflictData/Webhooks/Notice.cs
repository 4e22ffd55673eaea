using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Webhooks;

/// <summary>What a webhook is told of a release.</summary>
/// <param name="Id">The same each time that it is sent, so that a receiver knows it again.</param>
/// <param name="Release">The release.</param>
/// <param name="CommittedAt">When it was committed, UTC.</param>
/// <param name="Reason">The submission's reason, where it gave one.</param>
/// <param name="Datasets">How many rows each dataset got.</param>
/// <param name="Earlier">Releases before it that are told of with it, since too many waited for a notice each; usually none.</param>
/// <param name="Links">Where more is found.</param>
public sealed record Notice(
    string Id, int Release, DateTimeOffset CommittedAt, string? Reason, IReadOnlyDictionary<string, int> Datasets, IReadOnlyList<int> Earlier, NoticeLinks Links)
{
    /// <summary>Notices that may wait for a webhook; the releases before those are told of with the first of them.</summary>
    public const int MostWaiting = 20;

    /// <summary>The next that a webhook is to be told; null where it knows all that concerns it.</summary>
    internal static Notice? Next(Webhook webhook, ReleaseHistory history, Links links)
    {
        var waiting = history.Commits.Skip(webhook.Told).Where(commit => Concerns(webhook, commit)).ToList();
        var together = Math.Max(0, waiting.Count - MostWaiting);
        return waiting.Count == 0 ? null : Of(webhook, waiting[together], [.. waiting.Take(together).Select(commit => commit.Release)], links);
    }

    /// <summary>As it is sent, UTF-8 JSON.</summary>
    internal byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Readable.Notice);

    private static bool Concerns(Webhook webhook, Commit commit) =>
        webhook.Datasets is not { } datasets || commit.Datasets.Select(extent => extent.Dataset).Append(commit.Redaction?.Dataset).Any(dataset => datasets.Contains(dataset, StringComparer.OrdinalIgnoreCase));

    private static Notice Of(Webhook webhook, Commit commit, IReadOnlyList<int> earlier, Links links)
    {
        var number = commit.Release.ToString(CultureInfo.InvariantCulture);
        var before = (earlier is [var first, ..] ? first : commit.Release) - 1;
        return new(
            $"{webhook.Id}.{number}",
            commit.Release,
            commit.CommittedAt,
            commit.Reason,
            commit.Datasets.ToDictionary(extent => extent.Dataset, extent => extent.Rows),
            earlier,
            new(
                links.To($"releases/{number}"),
                before > 0 ? links.To($"releases/{before.ToString(CultureInfo.InvariantCulture)}/diff/{number}") : null,
                links.To($"releases/{number}/odata/")));
    }
}

/// <summary>Where more is found of what a notice tells.</summary>
/// <param name="Release">The release.</param>
/// <param name="Changes">What changed, record by record, with the earlier releases where there are such; null where the first release is among them.</param>
/// <param name="Feed">The feed at the release.</param>
public sealed record NoticeLinks(Uri Release, Uri? Changes, Uri Feed);
