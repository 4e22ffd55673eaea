namespace ConflictData.Submissions;

/// <summary>Finds the name that somebody meant.</summary>
internal static class NearMiss
{
    /// <summary>
    /// The candidate that is fewest edits away (letter case ignored; a swap of neighbours is one edit); null where none is near:
    /// at most one edit for each three letters, and never more than three.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var allowed = Math.Clamp(name.Length / 3, 1, 3);
        return candidates
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= allowed)
            .Select(candidate => (candidate, edits: Edits(name, candidate)))
            .Where(pair => pair.edits <= allowed)
            .OrderBy(pair => pair.edits)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static int Edits(string a, string b)
    {
        int[] before = new int[b.Length + 1], above = [.. Enumerable.Range(0, b.Length + 1)], row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var edit = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + edit);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
