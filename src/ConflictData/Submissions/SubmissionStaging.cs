using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Reads and checks the rows of a submission, each by itself, and puts them aside; and finds ids that come twice.</summary>
internal sealed class SubmissionStaging : IDisposable
{
    private readonly PayloadLimits limits;
    private readonly RowProgress progress;
    private readonly List<Dataset> datasets = [];
    private readonly StagedRows rows = new();
    private readonly HashSet<(Dataset, string)> failed = [];

    private int left;

    private SubmissionStaging(int most, PayloadLimits limits, RowProgress progress) => (left, this.limits, this.progress) = (most, limits, progress);

    /// <summary>What is wrong with rows or with the shape of files.</summary>
    public ProblemList Errors { get; } = new();

    /// <summary>False where a file or a row could not be read at all: then nothing can be said of what rows refer to.</summary>
    public bool Readable { get; private set; } = true;

    /// <summary>All rows of the files; more than a submission may have are an error.</summary>
    public static SubmissionStaging Of(IEnumerable<PayloadFile> files, PayloadLimits limits, RowProgress progress)
    {
        var staging = new SubmissionStaging(limits.Rows, limits, progress);
        if (staging.Read(files) is { } excess)
        {
            staging.Refuse(excess);
        }

        return staging;
    }

    /// <summary>The same; null where there are more rows than so many, which is known as soon as they are read.</summary>
    public static SubmissionStaging? Within(int rows, IEnumerable<PayloadFile> files, PayloadLimits limits, RowProgress progress)
    {
        var staging = new SubmissionStaging(rows, limits, progress);
        if (staging.Read(files) is null)
        {
            return staging;
        }

        staging.Dispose();
        return null;
    }

    public StagedSubmission Submission(SubmissionRequest request) => new()
    {
        Datasets = datasets,
        Rows = rows,
        FailedIds = failed,
        Complete = Errors.Count == 0,
        Reason = request.Reason,
        Base = request.Base,
        Replaces = request.Replaces,
        MaxRetractions = request.MaxRetractions,
    };

    public void Dispose() => rows.Dispose();

    /// <summary>The first row that is one too many, from which on nothing is read; null where all are read.</summary>
    private IncomingRow? Read(IEnumerable<PayloadFile> files)
    {
        try
        {
            var first = files.Select(Read).FirstOrDefault(excess => excess is not null);
            rows.End();
            return first;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private IncomingRow? Read(PayloadFile file)
    {
        datasets.Add(file.Dataset);
        var problems = new ProblemList();
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        IncomingRow? excess = null;
        foreach (var (row, result) in RowCheckAhead.Check(RowReader.Read(file, problems).Take(left + 1), progress))
        {
            if (left-- == 0)
            {
                excess = row;
                break;
            }

            Add(row, result, lines);
        }

        Readable &= problems.Count == 0;
        Errors.Add(problems);
        return excess;
    }

    private void Add(IncomingRow row, RowCheckResult result, Dictionary<string, int> lines)
    {
        Errors.Add(result.Problems);
        var id = result.Row?.Id ?? RowCheckText.Trim(row.Cells[0]);
        if (id is not null && !lines.TryAdd(id, row.Line))
        {
            Errors.Add(new RowProblem(row.Dataset.Name, row.Row, row.Line, "Id", RowErrorCodes.DuplicateId,
                $"The row has the same id as that on line {lines[id]}; an id may come once, letter case ignored. Leave one of them out, or give it another id.", id));
        }
        else if (result.Row is not null)
        {
            rows.Add(result.Row);
        }
        else if (id is not null)
        {
            failed.Add((row.Dataset, id));
        }
    }

    private void Refuse(IncomingRow excess)
    {
        Readable = false;
        Errors.Add(new RowProblem(excess.Dataset.Name, excess.Row, excess.Line, null, RowErrorCodes.TooManyRows, limits.TooManyRows, null));
    }
}
