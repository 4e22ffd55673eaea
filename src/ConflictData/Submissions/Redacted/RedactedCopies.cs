using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>
/// The copies that were kept of what was sent and answered: payloads, files of the inbox that were moved away, and reports. Those that have
/// a text which was redacted are emptied or mended.
/// </summary>
public sealed class RedactedCopies(StorageAccount account, SubmissionLog log)
{
    private const string PayloadEnding = "/payload", Inbox = "inbox", Payloads = "submissions";

    /// <summary>In this order: what leaves the inbox meanwhile goes to one that is still to come.</summary>
    private static readonly string[] Containers = [Inbox, "archive", "rejected", Payloads];

    private static readonly string[] ReportEndings = ["/report.json", ".report.json", ".errors.json"];

    private static readonly GetBlobsOptions WithMetadata = new() { Traits = BlobTraits.Metadata };

    /// <summary>After so many copies it is said how far one is.</summary>
    internal int Stretch { get; init; } = 200;

    /// <summary>Looks through all copies. What is done stays done; whoever is stopped is followed by another who goes on.</summary>
    /// <param name="redactions">What was taken away.</param>
    /// <param name="passed">The last copy that was looked at before; null = none was.</param>
    /// <param name="pass">Told from time to time which was the last.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>False where a submission that is not decided yet, or a file that is still in the inbox, has one of the texts: all has to be looked at again.</returns>
    public async Task<bool> Remove(IReadOnlyList<RedactedText> redactions, string? passed, Func<string, Task> pass, CancellationToken cancellation)
    {
        var (payload, report) = (new PayloadText(redactions), new ReportText(redactions));
        var (isWhole, looked) = (true, 0);
        foreach (var (rank, container) in Containers.Index())
        {
            await foreach (var blob in account.Container(container).GetBlobsAsync(WithMetadata, cancellation))
            {
                var copy = $"{rank}/{blob.Name}";
                if (passed is not null && IsUpTo(copy, passed))
                {
                    continue;
                }

                isWhole &= container != Inbox && IsReport(blob) ? await Mend(container, blob, report, cancellation)
                    : container == Payloads ? await RemovePayload(blob, payload, cancellation)
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
    private async Task<bool> RemovePayload(BlobItem blob, PayloadText text, CancellationToken cancellation)
    {
        if (!blob.Name.EndsWith(PayloadEnding, StringComparison.Ordinal) || blob.Metadata.ContainsKey(SubmissionBlobs.RedactedKey))
        {
            return true;
        }

        var datasets = blob.Metadata.TryGetValue(SubmissionBlobs.DatasetsKey, out var names) ? names.Split(',').Select(Catalog.FindSet).OfType<Dataset>().ToList() : null;
        if (await In(Payloads, blob, blob.Properties.ContentType, blob.Properties.ContentEncoding, datasets, text, cancellation) is not { } found)
        {
            return true;
        }

        if (await log.Find(blob.Name[..^PayloadEnding.Length], cancellation) is { IsOpen: true })
        {
            return false;
        }

        var metadata = new Dictionary<string, string>(blob.Metadata) { [SubmissionBlobs.RedactedKey] = found.Commit.Release.ToString(CultureInfo.InvariantCulture) };
        await account.Container(Payloads).GetBlobClient(blob.Name).UploadAsync(
            BinaryData.Empty, new BlobUploadOptions { Metadata = metadata, HttpHeaders = new BlobHttpHeaders { ContentType = blob.Properties.ContentType } }, cancellation);
        return true;
    }

    /// <summary>
    /// Its report stays beside the place where it was. What lies in the inbox is waited for; and of a file under a name that says nothing, which was
    /// refused for it, nobody can tell what it has.
    /// </summary>
    private async Task<bool> RemoveFile(string container, BlobItem blob, PayloadText text, CancellationToken cancellation)
    {
        // Outside of the inbox the year and the month in which it came stand before the name that it came under.
        var name = container == Inbox ? blob.Name : string.Join('/', blob.Name.Split('/').Skip(2));
        var isNamed = InboxName.Read(name).Succeeded(out var said, out _);
        var has = isNamed
            ? await In(container, blob, said!.ContentType, said.ContentEncoding, said.Dataset is null ? null : [said.Dataset], text, cancellation) is not null
            : container != Inbox;
        if (has && container != Inbox)
        {
            await account.Container(container).DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }

        return !has || container != Inbox;
    }

    private async Task<RedactedText?> In(
        string container, BlobItem blob, string contentType, string? contentEncoding, IReadOnlyCollection<Dataset>? datasets, PayloadText text, CancellationToken cancellation)
    {
        if (blob.Properties.ContentLength is null or 0 || !text.Concerns(datasets))
        {
            return null;
        }

        try
        {
            await using var content = (await account.Container(container).GetBlobClient(blob.Name).DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content;
            return await text.In(content, contentType, contentEncoding is { Length: > 0 } ? contentEncoding : null, datasets, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> Mend(string container, BlobItem blob, ReportText text, CancellationToken cancellation)
    {
        var client = account.Container(container).GetBlobClient(blob.Name);
        try
        {
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
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            // It is gone, or another instance mends it at this moment, as only that changes it.
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
