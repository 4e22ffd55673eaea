using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>Tells whether a payload has a text that was taken out of a record: in a row of the record, or anywhere where its rows cannot all be read.</summary>
internal sealed class PayloadText(IReadOnlyList<RedactedText> redactions)
{
    /// <summary>False where a payload of these datasets cannot have any.</summary>
    public bool Concerns(IReadOnlyCollection<Dataset>? datasets) => redactions.Any(redaction => datasets?.Contains(redaction.Dataset) != false);

    /// <summary>Reads a payload to its end. One that cannot be unpacked or is no text is said to have it: nobody can tell that it does not.</summary>
    /// <param name="content">Its bytes as they are stored.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="contentEncoding">gzip, or null for none.</param>
    /// <param name="datasets">The datasets of which it can have rows; null where that is not known.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The redaction; null where it has nothing of any.</returns>
    public async Task<RedactedText?> In(Stream content, string contentType, string? contentEncoding, IReadOnlyCollection<Dataset>? datasets, CancellationToken cancellation)
    {
        var possible = redactions.Where(redaction => datasets?.Contains(redaction.Dataset) != false).ToList();
        var isSet = !MediaType.Read(contentType).Succeeded(out var type, out _) || MediaType.FormatOf(type.Kind) is null;
        var request = new SubmissionRequest
        {
            Owner = "",
            Dataset = isSet ? null : possible[0].Dataset,
            ContentType = contentType,
            ContentEncoding = contentEncoding,
            Body = content,
            Limits = PayloadLimits.File(RevisionEntity.MostRows),
        };
        if (!(await ReceivedPayload.Receive(request, cancellation)).Succeeded(out var received, out _))
        {
            return possible[0];
        }

        using (received)
        {
            return possible.Find(redaction => received.Files.Any(file => isSet ? file.Dataset == redaction.Dataset && IsIn(redaction, file, isSure: true)
                : IsIn(redaction, file with { Dataset = redaction.Dataset }, isSure: datasets is not null)));
        }
    }

    /// <param name="redaction">The redaction.</param>
    /// <param name="file">The file.</param>
    /// <param name="isSure">True where it is known that the file has rows of the dataset.</param>
    private static bool IsIn(RedactedText redaction, PayloadFile file, bool isSure)
    {
        var problems = new ProblemList();
        return RowReader.Read(file, problems).Any(redaction.IsIn)
            || (problems.Count > 0 && ((isSure && problems.Has(RowErrorCodes.UnreadableFile)) || redaction.IsIn(file.Bytes, isSure)));
    }
}
