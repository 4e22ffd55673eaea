namespace ConflictData.Submissions;

/// <summary>Counts problems, and keeps the first of them for the report.</summary>
public sealed class ProblemList
{
    private readonly List<RowProblem> kept = [];

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them, in the order in which they were found.</summary>
    public IReadOnlyList<RowProblem> Kept => kept;

    public void Add(RowProblem problem)
    {
        if (Count++ < SubmissionLimits.ReportedProblems)
        {
            kept.Add(problem);
        }
    }

    /// <summary>Takes over the problems of another list, those that it only counted too.</summary>
    public void Add(ProblemList other)
    {
        Add(other.Kept);
        Count += other.Count - other.Kept.Count;
    }

    public void Add(IEnumerable<RowProblem> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }
}
