using System.Text;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>Tells whether a payload has texts that were taken out of a record: in a row of the record, or anywhere where its rows cannot all be read.</summary>
internal sealed class PayloadText(Redaction redaction, IReadOnlySet<string> texts)
{
    private readonly Dataset dataset = Catalog.Get(redaction.Dataset);
    private readonly Column[] columns = [.. redaction.Columns.Select(name => Catalog.Get(redaction.Dataset)[name])];

    /// <summary>Reads a payload to its end. One that cannot be unpacked is said to have them: nobody can tell that it does not.</summary>
    /// <param name="content">Its bytes as they are stored.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="contentEncoding">gzip, or null for none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<bool> IsIn(Stream content, string contentType, string? contentEncoding, CancellationToken cancellation)
    {
        var request = new SubmissionRequest
        {
            Owner = "",
            Dataset = MediaType.Read(contentType).Succeeded(out var type, out _) && MediaType.FormatOf(type.Kind) is null ? null : dataset,
            ContentType = contentType,
            ContentEncoding = contentEncoding,
            Body = content,
            Limits = PayloadLimits.File(RevisionEntity.MostRows),
        };
        if (!(await ReceivedPayload.Receive(request, cancellation)).Succeeded(out var received, out _))
        {
            return true;
        }

        using (received)
        {
            return received.Files.Any(file => file.Dataset == dataset && IsIn(file));
        }
    }

    /// <summary>The same for a file of which nothing says how it is to be read.</summary>
    public async Task<bool> IsInBytes(Stream content, CancellationToken cancellation)
    {
        using var space = new PayloadSpace(PayloadLimits.File(RevisionEntity.MostRows));
        return await space.Keep(content, SubmissionLimits.FileBytes, cancellation) is not { } bytes || IsIn(bytes);
    }

    private bool IsIn(PayloadFile file)
    {
        var problems = new ProblemList();
        return RowReader.Read(file, problems).Any(IsIn) || (problems.Count > 0 && IsIn(file.Bytes));
    }

    private bool IsIn(ReadOnlyMemory<byte> bytes) => texts.Any(text => bytes.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private bool IsIn(IncomingRow row) =>
        string.Equals(RowCheckText.Trim(row.Cells[0]), redaction.Id, StringComparison.OrdinalIgnoreCase)
        && columns.Any(column => row.Cell(column) is { } cell && texts.Any(text => cell.Contains(text, StringComparison.Ordinal)));
}
