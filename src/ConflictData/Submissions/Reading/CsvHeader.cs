using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>The first record of a CSV file: which cell is which column.</summary>
/// <param name="Names">The names as they are written.</param>
/// <param name="Targets">For each cell the ordinal of its column, or <see cref="Action"/> or <see cref="Ignored"/>.</param>
/// <param name="Present">The columns that the file has, as <see cref="IncomingRow.Present"/>.</param>
internal sealed record CsvHeader(string[] Names, int[] Targets, ulong Present)
{
    public const int Action = -1;

    /// <summary>A column that does not exist; reported, so nothing of the file will be stored.</summary>
    public const int Ignored = -2;

    /// <summary>The header; null where rows cannot be read under it, so that one mistake is not reported once a row.</summary>
    public static CsvHeader? Read(string[] names, RowSource source, int line)
    {
        names = [.. names.Select(name => name.Trim())];
        var targets = names.Select(name => Target(name, source, line)).ToArray();
        var readable = RefuseDuplicates(names, targets, source, line) & RefuseMissing(targets, source, line);
        var present = targets.Where(target => target >= 0).Aggregate(0UL, (mask, target) => mask | (1UL << target));
        return readable ? new CsvHeader(names, targets, present) : null;
    }

    private static int Target(string name, RowSource source, int line)
    {
        if (source.Dataset.Find(name) is { } column)
        {
            return column.Ordinal;
        }

        if (name.Equals(RowSource.Action, StringComparison.OrdinalIgnoreCase))
        {
            return Action;
        }

        source.RefuseUnknown(name, 0, line);
        return Ignored;
    }

    private static bool RefuseDuplicates(string[] names, int[] targets, RowSource source, int line)
    {
        var twice = targets.Index().Where(cell => cell.Item != Ignored && Array.IndexOf(targets, cell.Item) != cell.Index).ToList();
        foreach (var (index, _) in twice)
        {
            source.Refuse(RowErrorCodes.DuplicateColumn, $"The header has {names[index]} twice. Leave one of the columns out, or name it for what it is.", 0, line, names[index]);
        }

        return twice.Count == 0;
    }

    /// <summary>Rows that retract need no more than their id, so a file with actions is left to the checks of its rows.</summary>
    private static bool RefuseMissing(int[] targets, RowSource source, int line)
    {
        var rowsDecide = targets.Contains(Action);
        var missing = source.Dataset.Columns
            .Where(column => column.Required && (column.Ordinal == 0 || !rowsDecide) && !targets.Contains(column.Ordinal))
            .Select(column => column.Name)
            .ToList();
        foreach (var name in missing)
        {
            source.Refuse(RowErrorCodes.MissingColumn, $"The header lacks the required column {name}. Add it, with a value in every row.", 0, line, name);
        }

        return missing.Count == 0;
    }
}
