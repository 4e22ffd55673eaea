using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>Takes texts that were redacted out of reports, which quote values in messages.</summary>
internal sealed class ReportText(Redaction redaction, IReadOnlySet<string> texts)
{
    /// <summary>Messages cut what they quote here.</summary>
    private const int Quoted = 80;

    /// <summary>A text of so many characters is nothing else by chance.</summary>
    private const int Telling = 12;

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

    private bool Quotes(RowProblem problem)
    {
        var isOfColumn = problem.Dataset == redaction.Dataset && redaction.Columns.Contains(problem.Column, StringComparer.OrdinalIgnoreCase);
        return texts.Any(text => (isOfColumn || text.Length >= Telling) && (Quotes(problem.Message, text) || (problem.Value is { Length: > 0 } value && (text.StartsWith(value, StringComparison.Ordinal) || Quotes(value, text)))));
    }

    private static bool Quotes(string words, string text) => words.Contains(text.Length > Quoted ? text[..Quoted] : text, StringComparison.Ordinal);
}
