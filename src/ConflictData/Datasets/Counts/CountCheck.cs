using ConflictData.Submissions;

namespace ConflictData.Datasets.Counts;

/// <summary>What a row gives of its count.</summary>
/// <param name="Words">CountText; null where empty.</param>
/// <param name="Qualifier">One of <see cref="Counts.Qualifier"/>; null where empty.</param>
/// <param name="Given">The numbers.</param>
/// <param name="HasNote">True where the row has a Note.</param>
public readonly record struct GivenCount(string? Words, string? Qualifier, Count Given, bool HasNote);

/// <summary>Why a row's count cannot stand: which column, which of <see cref="RowErrorCodes"/>, and what to do.</summary>
public sealed record CountProblem(string Column, string Code, string Message);

/// <summary>Settles the count of a row from its words, its numbers and its qualifier.</summary>
public static class CountCheck
{
    /// <summary>The count to store, or the problem that the row has.</summary>
    public static CountProblem? Settle(GivenCount row, out CountReading settled)
    {
        settled = default;
        if (row.Given == default)
        {
            return row.Words is null ? NoCount(row) : SettleWords(row, out settled);
        }

        var isRead = TryRead(row.Words, out var reading);
        if (isRead && Agrees(row, reading))
        {
            settled = reading;
            return null;
        }

        var problem = SettleNumbers(row, out settled);
        if (problem is not null || row.Words is null)
        {
            return problem;
        }

        settled = settled with { Rule = CountRule.Curated };
        return row.HasNote ? null : NoteRequired(row, isRead ? reading : null, settled);
    }

    private static CountProblem NoCount(GivenCount row) => new(
        "CountText",
        RowErrorCodes.NoCount,
        row.Qualifier == Qualifier.Vague
            ? "Qualifier vague keeps the words of the source: give CountText."
            : "The row has no count: give CountText, the words of the source, or the numbers Low, Best and High.");

    private static CountProblem? SettleWords(GivenCount row, out CountReading settled)
    {
        if (!CountReader.Read(row.Words!).Succeeded(out settled, out var refusal))
        {
            settled = new(default, Qualifier.Vague, CountRule.Vague);
            return row.Qualifier == Qualifier.Vague ? null : new("CountText", RowErrorCodes.UnreadableCount, refusal);
        }

        return row.Qualifier is null || row.Qualifier == settled.Qualifier ? null : new(
            "Qualifier",
            RowErrorCodes.QualifierContradicts,
            $"“{row.Words}” is read as {settled.Qualifier} ({settled.Count}), not {row.Qualifier}. Leave Qualifier empty, or give the numbers and a Note that says why they differ from the words.");
    }

    private static bool TryRead(string? words, out CountReading reading)
    {
        reading = default;
        return words is not null && CountReader.Read(words).Succeeded(out reading, out _);
    }

    /// <summary>The numbers are what the curator made of the words, and that takes a Note.</summary>
    private static CountProblem NoteRequired(GivenCount row, CountReading? reading, CountReading settled) => new(
        "Note",
        RowErrorCodes.NoteRequired,
        reading is { } read
            ? $"“{row.Words}” is read as {read.Qualifier} {read.Count}, but the row gives {settled.Qualifier} {settled.Count}. Correct one of them, or say why in Note."
            : $"“{row.Words}” is not read as a count, and the row gives {settled.Count}. Say in Note how the numbers follow from the words.");

    private static bool Agrees(GivenCount row, CountReading reading) =>
        (row.Qualifier is null || row.Qualifier == reading.Qualifier)
        && (row.Given.Low ?? reading.Count.Low) == reading.Count.Low
        && (row.Given.Best ?? reading.Count.Best) == reading.Count.Best
        && (row.Given.High ?? reading.Count.High) == reading.Count.High;

    private static CountProblem? SettleNumbers(GivenCount row, out CountReading settled)
    {
        var qualifier = row.Qualifier ?? Derive(row.Given);
        settled = new(Complete(row.Given, qualifier), qualifier, CountRule.Numbers);
        if (!settled.Count.IsValid)
        {
            return new("Low", RowErrorCodes.BadCount, $"Low/Best/High are {row.Given}: they must not be negative, must hold Low ≤ Best ≤ High, and Best stands alone or with both bounds.");
        }

        return Fits(settled.Count, qualifier) ? null : new(
            "Qualifier",
            RowErrorCodes.QualifierContradicts,
            $"Low/Best/High are {row.Given}, which is not {qualifier}. Leave Qualifier empty and it is derived from the numbers.");
    }

    /// <summary>
    /// The qualifier of numbers without words. All three alike are exact, Best alone is about, Low alone atLeast, High alone
    /// atMost, and everything with two bounds is between.
    /// </summary>
    private static string Derive(Count count) => count switch
    {
        { Low: not null, Best: null, High: null } => Qualifier.AtLeast,
        { Low: null, Best: null, High: not null } => Qualifier.AtMost,
        { Low: null, Best: not null, High: null } => Qualifier.About,
        { Low: { } low, Best: { } best, High: { } high } when low == best && best == high => Qualifier.Exact,
        _ => Qualifier.Between,
    };

    /// <summary>Fills what the qualifier says without a doubt: all three of an exact number, and 0 below an upper bound.</summary>
    private static Count Complete(Count count, string qualifier) => (qualifier, count) switch
    {
        (Qualifier.Exact, { Low: null } or { Best: null } or { High: null }) => new(
            count.Low ?? count.Best ?? count.High,
            count.Best ?? count.Low ?? count.High,
            count.High ?? count.Best ?? count.Low),
        (Qualifier.AtMost or Qualifier.FewerThan, { Low: null, Best: null }) => count with { Low = 0 },
        _ => count,
    };

    private static bool Fits(Count count, string qualifier) => qualifier switch
    {
        Qualifier.Exact => count.Class == CountClass.Exact && count.Low == count.High,
        Qualifier.AtLeast or Qualifier.MoreThan => count is { Low: not null, Best: null, High: null },
        Qualifier.AtMost or Qualifier.FewerThan => count is { Low: 0, Best: null, High: not null },
        Qualifier.About => count.Class == CountClass.About,
        Qualifier.Between => count is { Low: not null, High: not null },
        _ => false,
    };
}
