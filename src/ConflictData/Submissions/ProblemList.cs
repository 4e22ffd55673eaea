namespace ConflictData.Submissions;

/// <summary>Counts problems, and keeps the first of them for the report.</summary>
/// <param name="ofEachCode">True: the first of each code, so that many of one kind push out no other.</param>
public sealed class ProblemList(bool ofEachCode = false)
{
    private readonly List<RowProblem> kept = [];
    private readonly Dictionary<string, int> codes = [];

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them, in the order in which they were found.</summary>
    public IReadOnlyList<RowProblem> Kept => kept;

    /// <summary>True where one of them has the code, kept or not.</summary>
    public bool Has(string code) => codes.ContainsKey(code);

    /// <summary>True where there are some, and all of them have the code.</summary>
    public bool HasOnly(string code) => codes.Count == 1 && Has(code);

    public void Add(RowProblem problem) => Add(problem.Code, () => problem);

    /// <summary>Adds a problem that is made only where it is kept.</summary>
    public void Add(string code, Func<RowProblem> make)
    {
        var before = codes.GetValueOrDefault(code);
        codes[code] = before + 1;
        if ((ofEachCode ? before : Count) < SubmissionLimits.ReportedProblems)
        {
            kept.Add(make());
        }

        Count++;
    }

    /// <summary>Takes over the problems of another list, those that it only counted too.</summary>
    public void Add(ProblemList other)
    {
        Add(other.Kept);
        foreach (var code in other.codes.Keys)
        {
            codes.TryAdd(code, 0);
        }

        CountMore(other.Count - other.Kept.Count);
    }

    /// <summary>Counts problems that are like some that were added, and not worth making.</summary>
    public void CountMore(int count) => Count += count;

    public void Add(IEnumerable<RowProblem> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }
}
