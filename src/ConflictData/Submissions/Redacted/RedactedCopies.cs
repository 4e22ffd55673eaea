using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>
/// The copies that were kept of what was sent and answered: payloads, files of the inbox that were moved away, and reports. Those that have
/// a text which was redacted are emptied or mended.
/// </summary>
public sealed class RedactedCopies(StorageAccount account, SubmissionLog log)
{
    private const string PayloadEnding = "/payload";

    private static readonly string[] Containers = ["archive", "rejected", "submissions"];

    private static readonly string[] ReportEndings = ["/report.json", ".report.json", ".errors.json"];

    private static readonly GetBlobsOptions WithMetadata = new() { Traits = BlobTraits.Metadata };

    /// <summary>After so many copies it is said how far one is.</summary>
    internal int Stretch { get; init; } = 200;

    /// <summary>Looks through all copies. What is done stays done; whoever is stopped is followed by another who goes on.</summary>
    /// <param name="commit">The redaction.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="passed">The last copy that was looked at before; null = none was.</param>
    /// <param name="pass">Told from time to time which was the last.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>False where a submission that is not decided yet has one of them: it has to be looked at again.</returns>
    public async Task<bool> Remove(Commit commit, IReadOnlySet<string> texts, string? passed, Func<string, Task> pass, CancellationToken cancellation)
    {
        var (payload, report) = (new PayloadText(commit.Redaction!, texts), new ReportText(commit.Redaction!, texts));
        var (isWhole, looked) = (true, 0);
        foreach (var container in Containers)
        {
            await foreach (var blob in account.Container(container).GetBlobsAsync(WithMetadata, cancellation))
            {
                var copy = $"{container}/{blob.Name}";
                if (passed is not null && IsUpTo(copy, passed))
                {
                    continue;
                }

                isWhole &= IsReport(blob) ? await Mend(container, blob, report, cancellation)
                    : container == "submissions" ? await RemovePayload(blob, payload, commit.Release, cancellation)
                    : await RemoveFile(container, blob, payload, cancellation);
                if (isWhole && ++looked % Stretch == 0)
                {
                    await pass(copy);
                }
            }
        }

        return isWhole;
    }

    /// <summary>In its place stays an empty one, which says by which redaction it went and still has the hash of what it was.</summary>
    private async Task<bool> RemovePayload(BlobItem blob, PayloadText text, int release, CancellationToken cancellation)
    {
        if (!blob.Name.EndsWith(PayloadEnding, StringComparison.Ordinal) || blob.Metadata.ContainsKey(SubmissionBlobs.RedactedKey) || !await IsIn("submissions", blob, blob.Properties.ContentType, blob.Properties.ContentEncoding, text, cancellation))
        {
            return true;
        }

        if (await log.Find(blob.Name[..^PayloadEnding.Length], cancellation) is { IsOpen: true })
        {
            return false;
        }

        var metadata = new Dictionary<string, string>(blob.Metadata) { [SubmissionBlobs.RedactedKey] = release.ToString(CultureInfo.InvariantCulture) };
        await account.Container("submissions").GetBlobClient(blob.Name).UploadAsync(
            BinaryData.Empty, new BlobUploadOptions { Metadata = metadata, HttpHeaders = new BlobHttpHeaders { ContentType = blob.Properties.ContentType } }, cancellation);
        return true;
    }

    /// <summary>Its report stays beside the place where it was.</summary>
    private async Task<bool> RemoveFile(string container, BlobItem blob, PayloadText text, CancellationToken cancellation)
    {
        // The year and the month in which it came stand before the name that it came under.
        var name = InboxName.Read(string.Join('/', blob.Name.Split('/').Skip(2)));
        var isNamed = name.Succeeded(out var said, out _);
        if (await IsIn(container, blob, isNamed ? said!.ContentType : null, said?.ContentEncoding, text, cancellation))
        {
            await account.Container(container).DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }

        return true;
    }

    private async Task<bool> IsIn(string container, BlobItem blob, string? contentType, string? contentEncoding, PayloadText text, CancellationToken cancellation)
    {
        if (blob.Properties.ContentLength is null or 0)
        {
            return false;
        }

        try
        {
            await using var content = (await account.Container(container).GetBlobClient(blob.Name).DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content;
            return contentType is null
                ? await text.IsInBytes(content, cancellation)
                : await text.IsIn(content, contentType, contentEncoding is { Length: > 0 } ? contentEncoding : null, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }

    private async Task<bool> Mend(string container, BlobItem blob, ReportText text, CancellationToken cancellation)
    {
        var client = account.Container(container).GetBlobClient(blob.Name);
        var kept = (await client.DownloadContentAsync(cancellation)).Value;
        if (Read(kept.Content) is { } report && text.Without(report) is { } mended)
        {
            await client.UploadAsync(
                BinaryData.FromObjectAsJson(mended, SubmissionJson.Default.SubmissionReport),
                new BlobUploadOptions
                {
                    Conditions = new BlobRequestConditions { IfMatch = kept.Details.ETag },
                    Metadata = kept.Details.Metadata,
                    HttpHeaders = new BlobHttpHeaders { ContentType = kept.Details.ContentType },
                },
                cancellation);
        }

        return true;
    }

    /// <summary>In the order in which storage lists.</summary>
    private static bool IsUpTo(string copy, string passed) => Encoding.UTF8.GetBytes(copy).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(passed)) <= 0;

    private static bool IsReport(BlobItem blob) => ReportEndings.Any(ending => blob.Name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Null for what is no report but an error that names no row.</summary>
    private static SubmissionReport? Read(BinaryData content)
    {
        try
        {
            return content.ToObjectFromJson(SubmissionJson.Default.SubmissionReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
