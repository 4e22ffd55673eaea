using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>What a redaction took away, and in which ways a file may say it.</summary>
/// <param name="Commit">The redaction.</param>
/// <param name="Texts">The texts.</param>
public sealed partial record RedactedText(Commit Commit, IReadOnlySet<string> Texts)
{
    internal Dataset Dataset { get; } = Catalog.Get(Commit.Redaction!.Dataset);

    /// <summary>True where a row is of the record and has one of the texts in a column that they were taken from.</summary>
    internal bool IsIn(IncomingRow row) =>
        row.Dataset == Dataset
        && string.Equals(RowCheckText.Trim(row.Cells[0]), Commit.Redaction!.Id, StringComparison.OrdinalIgnoreCase)
        && Commit.Redaction.Columns.Any(name => row.Cell(Dataset[name]) is { } cell && Texts.Any(text => cell.Contains(text, StringComparison.Ordinal)));

    /// <summary>True where bytes have one of the texts anywhere, as CSV or JSON would write it.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isOfDataset">False where they may be of another dataset: then a short text may stand there by chance, and is not looked for.</param>
    internal bool IsIn(ReadOnlyMemory<byte> bytes, bool isOfDataset) => Texts.Where(text => isOfDataset || text.Length >= Telling).SelectMany(Forms).Any(form => bytes.Span.IndexOf(form) >= 0);

    /// <summary>A text of so many characters is nothing else by chance.</summary>
    internal const int Telling = 12;

    private static IEnumerable<byte[]> Forms(string text)
    {
        var escaped = JsonEncodedText.Encode(text).Value;
        string[] forms = [text, text.Replace("\"", "\"\"", StringComparison.Ordinal), escaped, Hex().Replace(escaped, match => match.Value.ToLowerInvariant()), JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value];
        return forms.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes);
    }

    [GeneratedRegex(@"\\u[0-9A-F]{4}")]
    private static partial Regex Hex();
}
