using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>The file that is being read: whose rows it brings, and where its problems go.</summary>
internal sealed class RowSource(Dataset dataset, ProblemList problems)
{
    /// <summary>The row column that is no column of any dataset.</summary>
    public const string Action = "Action";

    private readonly HashSet<string> unknown = new(StringComparer.OrdinalIgnoreCase);

    public Dataset Dataset => dataset;

    public void Refuse(string code, string message, int row, int line, string? column = null, string? value = null) =>
        problems.Add(new RowProblem(dataset.Name, row, line, Cut(column), code, message, Cut(value)));

    /// <summary>True, and reported, where so many rows could not be read that those behind them need not be.</summary>
    public bool IsHopeless(int row, int line)
    {
        if (problems.Count < SubmissionLimits.UnreadableRows)
        {
            return false;
        }

        Refuse(RowErrorCodes.UnreadableFile, $"From here on the file was not read: {SubmissionLimits.UnreadableRows} problems came before. Mend those first.", row, line);
        return true;
    }

    /// <summary>Reports a name that is no column; once for each name, as every row of a file tends to have it. Of very many names only the first.</summary>
    public void RefuseUnknown(string name, int row, int line)
    {
        if (unknown.Count < SubmissionLimits.ReportedProblems && unknown.Add(name))
        {
            Refuse(RowErrorCodes.UnknownColumn, UnknownMessage(Cut(name)!), row, line, name);
        }
    }

    private string UnknownMessage(string name)
    {
        var names = dataset.Columns.Select(column => column.Name).Append(Action);
        return name.Length == 0 ? "A column has no name. Remove it, or name it."
            : NearMiss.Find(name, names) is { } near
                ? $"{name}: did you mean {near}?"
                : ViewWith(name) is { } view
                    ? $"{name}: {dataset.Name} has no such column; it is one of the view {view}, which the app computes. Leave it out."
                    : $"{name}: {dataset.Name} has no such column. Leave it out, or name one of its columns: {string.Join(", ", names)}.";
    }

    /// <summary>Reports JSON that cannot be read.</summary>
    public void RefuseJson(JsonFault fault, int row, int line) => Refuse(RowErrorCodes.UnreadableRow, fault.Message, row, line, value: fault.Value);

    private Dataset? ViewWith(string column) => Catalog.Views.FirstOrDefault(view => view.Extends == dataset.Name && view.Find(column) is not null);

    private static string? Cut(string? text) =>
        text is { Length: > SubmissionLimits.QuotedValue } ? text[..SubmissionLimits.QuotedValue] : text;
}
