namespace ConflictData.Submissions;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
public static class NearMiss
{
    private const int LongestName = 100;

    /// <summary>The nearest of the names, letter case ignored; null where none is within a third of the word's length.</summary>
    public static string? Find(string word, IEnumerable<string> names)
    {
        if (word.Length is 0 or > LongestName)
        {
            return null;
        }

        var nearest = names.Select(name => (Name: name, Distance: Distance(word, name))).DefaultIfEmpty().MinBy(pair => pair.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, word.Length / 3) ? nearest.Name : null;
    }

    /// <summary>": did you mean x?" or a full stop, to end a sentence with.</summary>
    public static string Hint(string word, IEnumerable<string> names) =>
        Find(word, names) is { } name ? $": did you mean {name}?" : ".";

    /// <summary>Letters to insert, remove or replace to get from one to the other.</summary>
    private static int Distance(string from, string to)
    {
        Span<int> row = stackalloc int[LongestName + 1];
        row = row[..(from.Length + 1)];
        for (var i = 0; i <= from.Length; i++)
        {
            row[i] = i;
        }

        foreach (var letter in to)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= from.Length; i++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(letter) ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[^1];
    }
}
