using System.Globalization;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>A row while it is checked: its values so far, and all problems found.</summary>
internal sealed class RowCheckRow(IncomingRow source, int columns)
{
    private const int LongestValue = 200;

    private List<RowProblem>? problems;
    private ulong unsound;

    public IncomingRow Source => source;

    public object?[] Values { get; } = new object?[columns];

    public IReadOnlyList<RowProblem> Problems => problems ?? (IReadOnlyList<RowProblem>)[];

    /// <summary>False once the column has a problem, so that what follows from it is not checked in vain.</summary>
    public bool IsSound(Column column) => (unsound & (1UL << column.Ordinal)) == 0;

    public void Add(Column column, string code, string message)
    {
        unsound |= 1UL << column.Ordinal;
        Add(column.Name, code, message, source.Cells[column.Ordinal]);
    }

    public void Add(string column, string code, string message, string? value) => (problems ??= []).Add(new(
        source.Dataset.Name, source.Row, source.Line, column, code, message, value is { Length: > LongestValue } ? value[..LongestValue] : value));

    /// <summary>Sets a derived column; a payload that gives it must give the same.</summary>
    public void Derive(Column? column, object? derived)
    {
        if (column is null || !IsSound(column))
        {
            return;
        }

        if (Values[column.Ordinal] is { } given && !given.Equals(derived))
        {
            Add(column, RowErrorCodes.DerivedDiffers, $"{column.Name} is {Show(given)} in the payload, but {Show(derived)} follows from the row. Leave the cell empty or correct what it follows from.");
        }

        Values[column.Ordinal] = derived;
    }

    private static string Show(object? value) => value switch
    {
        null => "no value",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        _ => value.ToString()!,
    };
}
