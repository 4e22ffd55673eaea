using System.Globalization;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Compares a row with the record that stands. Pure.</summary>
internal sealed class RecordComparison
{
    /// <summary>Columns that are filled from the words of a count, so that leaving them out does not erase.</summary>
    private static readonly string[] ReadFromWords = ["Qualifier", "Low", "Best", "High"];

    private readonly Dataset dataset;
    private readonly Column[] stored;
    private readonly Column[] unlessAgreed;
    private readonly Column? additive;
    private readonly Column? countText;

    public RecordComparison(Dataset dataset)
    {
        this.dataset = dataset;
        stored = [.. dataset.Columns.Where(column => column.Role != ColumnRole.System)];
        unlessAgreed = [.. dataset.SystemColumns.Where(column => column.Name != "ChangeReason")];
        (additive, countText) = (dataset.Find("Additive"), dataset.Find("CountText"));
    }

    /// <summary>True where the row says what is stored; Additive that is left open is taken as it is.</summary>
    public bool Same(RowChange change) => stored.All(column =>
        Equals(change.Values[column.Ordinal], change.Current!.Values[column.Ordinal])
        || (column == additive && change.Values[column.Ordinal] is null));

    /// <summary>What forbids the row although it is right by itself.</summary>
    public IEnumerable<RowProblem> Problems(RowChange change, int? baseRelease)
    {
        if (change.Last is { } last && last.Release > baseRelease)
        {
            yield return change.Problem(null, RowErrorCodes.ChangedSinceBase,
                $"{last.Id} was {(last.Live ? "changed" : "retracted")} by release {last.Release}, after the base {baseRelease}. Read it again and send the change anew.");
        }

        if (change.IsRetraction && change.Current is null)
        {
            yield return change.Problem(dataset.Columns[0], RowErrorCodes.RecordNotFound, change.Last is { } gone
                ? $"{gone.Id} was retracted by release {gone.Release} already. Leave the row out."
                : $"{dataset.Name} has no record {change.Id} to retract. Correct the id, or leave the row out.");
        }

        foreach (var problem in SystemColumns(change).Concat(change.IsRetraction ? [] : Erased(change)))
        {
            yield return problem;
        }
    }

    private IEnumerable<RowProblem> Erased(RowChange change) => change.Current is not { } current ? []
        : stored.Where(column => column.Role == ColumnRole.Given && column != additive && !change.Row.Source.Has(column)
                && !(ReadFromWords.Contains(column.Name) && change.Row.Source.Has(countText!))
                && current.Values[column.Ordinal] is { } value && !value.Equals(change.Values[column.Ordinal]))
            .Select(column => change.Problem(column, RowErrorCodes.ColumnWouldErase,
                $"{current.Id} has {column.Name} {Text(current.Values[column.Ordinal])}, and the payload lacks that column. Send it along, with an empty cell to erase it."));

    private IEnumerable<RowProblem> SystemColumns(RowChange change) => unlessAgreed
        .Select(column => (column, given: RowCheckText.Trim(change.Row.Source.Cell(column))))
        .Where(cell => cell.given is not null && !Agrees(cell.column, cell.given, change.Current?.Values[cell.column.Ordinal]))
        .Select(cell => change.Problem(cell.column, RowErrorCodes.SystemColumnDiffers, change.Current is { } current
            ? $"The payload has {cell.column.Name} {cell.given}, the record {Text(current.Values[cell.column.Ordinal])}. Read the record again if it was changed meanwhile, or leave the cell empty."
            : $"The payload has {cell.column.Name} {cell.given}, but there is no such record yet. Leave the cell empty."));

    private static bool Agrees(Column column, string given, object? value) => value switch
    {
        long number => long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var release) && release == number,
        DateTimeOffset instant => DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other)
            && other.ToUnixTimeMilliseconds() == instant.ToUnixTimeMilliseconds(),
        _ => false,
    };

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        bool boolean => boolean ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        string { Length: > 80 } text => $"\"{text[..80]}…\"",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
