using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Datasets;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>Container submissions: what was sent and what was answered.</summary>
internal sealed class SubmissionBlobs(BlobContainerClient container)
{
    /// <summary>Metadata of an empty payload: the redaction by which the bytes went.</summary>
    public const string RedactedKey = "redacted";

    /// <summary>Metadata of a payload: the names of the datasets that it has rows of.</summary>
    public const string DatasetsKey = "datasets";

    private const string HashKey = "sha256", StatusKey = "status";

    /// <summary>Keeps the answer unless there is one; the one that stands comes back.</summary>
    public async Task<SubmissionAnswer> SaveAnswer(string submissionId, SubmissionAnswer answer, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = WriteOnce.OnlyIfNew,
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = new Dictionary<string, string> { [StatusKey] = answer.Status.ToString(CultureInfo.InvariantCulture) },
        };
        return await WriteOnce.IsFirst(() => Report(submissionId).UploadAsync(BinaryData.FromBytes(answer.Body), options, cancellation))
            ? answer
            : await FindAnswer(submissionId, cancellation) ?? answer;
    }

    public async Task<SubmissionAnswer?> FindAnswer(string submissionId, CancellationToken cancellation)
    {
        try
        {
            var report = (await Report(submissionId).DownloadContentAsync(cancellation)).Value;
            var status = int.Parse(report.Details.Metadata[StatusKey], CultureInfo.InvariantCulture);
            return new SubmissionAnswer(status, report.Content.ToMemory());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Keeps the payload unless one is kept: whoever takes a submission over may have been sent the same files in other wrapping. The hash
    /// of the one that stands comes back.
    /// </summary>
    public async Task<string> SavePayload(
        string submissionId, Stream payload, string contentType, string? contentEncoding, string hash, IEnumerable<Dataset> datasets, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = WriteOnce.OnlyIfNew,
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType, ContentEncoding = contentEncoding },
            Metadata = new Dictionary<string, string> { [HashKey] = hash, [DatasetsKey] = string.Join(',', datasets.Select(dataset => dataset.Name)) },
            TransferOptions = Pieces.Transfer,
        };
        return await WriteOnce.IsFirst(() => Payload(submissionId).UploadAsync(payload, options, cancellation))
            ? hash
            : (await Payload(submissionId).GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata[HashKey];
    }

    public async Task<SubmissionPayload?> OpenPayload(string submissionId, CancellationToken cancellation)
    {
        try
        {
            var payload = (await Payload(submissionId).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            return new SubmissionPayload(
                payload.Content, payload.Details.ContentType, payload.Details.ContentLength, payload.Details.Metadata[HashKey])
            {
                ContentEncoding = payload.Details.ContentEncoding is { Length: > 0 } encoding ? encoding : null,
                RedactedBy = payload.Details.Metadata.TryGetValue(RedactedKey, out var redaction) ? int.Parse(redaction, CultureInfo.InvariantCulture) : null,
            };
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task SaveRequest(string submissionId, byte[] request, CancellationToken cancellation) =>
        Request(submissionId).UploadAsync(BinaryData.FromBytes(request), overwrite: true, cancellation);

    public async Task<ReadOnlyMemory<byte>?> FindRequest(string submissionId, CancellationToken cancellation)
    {
        try
        {
            return (await Request(submissionId).DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task Delete(string submissionId, CancellationToken cancellation) => Task.WhenAll(
        Payload(submissionId).DeleteIfExistsAsync(cancellationToken: cancellation),
        Request(submissionId).DeleteIfExistsAsync(cancellationToken: cancellation),
        Report(submissionId).DeleteIfExistsAsync(cancellationToken: cancellation));

    private BlobClient Report(string submissionId) => container.GetBlobClient($"{submissionId}/report.json");

    private BlobClient Request(string submissionId) => container.GetBlobClient($"{submissionId}/request.json");

    private BlobClient Payload(string submissionId) => container.GetBlobClient($"{submissionId}/payload");
}
