using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>Takes texts that were redacted out of reports, which quote values in messages.</summary>
internal sealed class ReportText(IReadOnlyList<RedactedText> redactions)
{
    /// <summary>Messages cut what they quote here.</summary>
    private const int Quoted = 80;

    /// <summary>The report without them; null where it has none.</summary>
    public SubmissionReport? Without(SubmissionReport report)
    {
        var (errors, warnings) = (Without(report.Errors), Without(report.Warnings));
        if (errors is null && warnings is null)
        {
            return null;
        }

        var detail = report.Errors.Where(Quotes).Aggregate(report.Detail, (text, problem) => text?.Replace(problem.Message, Redaction.Mark, StringComparison.Ordinal));
        return report with { Detail = detail, Errors = errors ?? report.Errors, Warnings = warnings ?? report.Warnings };
    }

    private List<RowProblem>? Without(IReadOnlyList<RowProblem> problems) => problems.Any(Quotes)
        ? [.. problems.Select(problem => Quotes(problem) ? problem with { Message = Redaction.Mark, Value = problem.Value is null ? null : Redaction.Mark } : problem)]
        : null;

    private bool Quotes(RowProblem problem) => redactions.Any(redaction => Quotes(problem, redaction));

    private static bool Quotes(RowProblem problem, RedactedText redaction)
    {
        var isOfColumn = problem.Dataset == redaction.Dataset.Name && redaction.Commit.Redaction!.Columns.Contains(problem.Column, StringComparer.OrdinalIgnoreCase);
        return redaction.Texts.Where(text => isOfColumn || text.Length >= RedactedText.Telling)
            .Any(text => Quotes(problem.Message, text) || (problem.Value is { Length: > 0 } value && (text.StartsWith(value, StringComparison.Ordinal) || Quotes(value, text))));
    }

    private static bool Quotes(string words, string text) => words.Contains(text.Length > Quoted ? text[..Quoted] : text, StringComparison.Ordinal);
}
