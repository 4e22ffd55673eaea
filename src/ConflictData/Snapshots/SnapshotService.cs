using System.Globalization;
using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.Query;

namespace ConflictData.Snapshots;

/// <summary>A file of a snapshot, found but not opened.</summary>
/// <param name="Release">The release it stands for.</param>
/// <param name="CommittedAt">When that was committed.</param>
/// <param name="File">The file.</param>
/// <param name="IsPinned">True where the address names a release by number, so that the answer can never change.</param>
public sealed record FoundFile(int Release, DateTimeOffset CommittedAt, SnapshotFile File, bool IsPinned);

/// <summary>Finds published files; publishes a numbered release that nobody has asked for before.</summary>
public sealed class SnapshotService(SnapshotStore store, SnapshotPublisher publisher, DeltaTables tables, ReleaseFollower follower, TimeProvider clock)
{
    /// <summary>Publishes the newest release if it is not published yet, as files and in the tables made of them; nothing in an empty store.</summary>
    /// <returns>Why it could not be done; null when it is done.</returns>
    public async Task<ApiError?> PublishNewest(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out var error))
        {
            return error;
        }

        if (history.Head is not { } head)
        {
            return null;
        }

        return (await publisher.Publish(head, cancellation)).Succeeded(out var manifest, out var problem) ? await tables.Append(manifest, cancellation) : problem;
    }

    /// <summary>The newest release that was completely published; published again where a text was taken out of it since.</summary>
    /// <returns>Its manifest; <see cref="ErrorCode.NotFound"/> where there is none, or why it cannot be had.</returns>
    public async Task<Result<SnapshotManifest>> Newest(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out var error))
        {
            return error;
        }

        await foreach (var release in store.PublishedBefore(history.Commits.Count + 1, cancellation))
        {
            return await publisher.Publish(history.Find(release.Release)!, cancellation);
        }

        return new ApiError(ErrorCode.NotFound, "No release is published yet.");
    }

    /// <summary>The manifests before a release, newest first, at most <paramref name="count"/>; an error where it cannot be told what was redacted.</summary>
    public async Task<Result<IReadOnlyList<SnapshotManifest>>> Published(int before, int count, CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out var error))
        {
            return error;
        }

        var found = new List<SnapshotManifest>();
        await foreach (var release in store.PublishedBefore(before, cancellation))
        {
            if (release.IsCurrent(history.Redactions) && await store.Find(release, cancellation) is { } manifest)
            {
                found.Add(manifest);
            }

            if (found.Count == count)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The file of that name in the newest completely published release ("latest") or in a release named in any other way.</summary>
    public async Task<Result<FoundFile>> Find(string release, string name, CancellationToken cancellation)
    {
        if (!(await Manifest(release, cancellation)).Succeeded(out var manifest, out var error))
        {
            return error;
        }

        var pinned = int.TryParse(release, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return manifest.Find(name) is { } file
            ? new FoundFile(manifest.Release, manifest.CommittedAt, file, pinned)
            : new ApiError(ErrorCode.NotFound, $"Release {manifest.Release} has no file of this name. It has {string.Join(", ", manifest.Files.Select(known => known.Name))}.");
    }

    /// <summary>A file that was found, to be read from any position.</summary>
    public Stream Open(SnapshotFile file) => store.Open(file);

    /// <summary>A link to a file that was found, which needs no key and ends after a few minutes.</summary>
    public Task<Uri> Link(SnapshotFile file, string contentDisposition, CancellationToken cancellation) => store.Link(file, contentDisposition, cancellation);

    private async Task<Result<SnapshotManifest>> Manifest(string release, CancellationToken cancellation)
    {
        if (release.Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return await Newest(cancellation);
        }

        return (await ReleaseName.Find(release, follower, clock, cancellation)).Succeeded(out var commit, out var error)
            ? await publisher.Publish(commit, cancellation)
            : error;
    }
}
