using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Reads and checks the rows of a submission, each by itself; and finds ids that come twice.</summary>
internal sealed class SubmissionStaging
{
    private readonly List<Dataset> datasets = [];
    private readonly List<StagedRow> rows = [];
    private readonly HashSet<(Dataset, string)> failed = [];

    /// <summary>What is wrong with rows or with the shape of files.</summary>
    public ProblemList Errors { get; } = new();

    /// <summary>False where a file or a row could not be read at all: then nothing can be said of what rows refer to.</summary>
    public bool Readable { get; private set; } = true;

    public static SubmissionStaging Of(IEnumerable<PayloadFile> files)
    {
        var staging = new SubmissionStaging();
        var left = SubmissionLimits.Rows;
        foreach (var file in files)
        {
            left = staging.Read(file, left);
        }

        return staging;
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

    private int Read(PayloadFile file, int left)
    {
        datasets.Add(file.Dataset);
        var problems = new ProblemList();
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in RowReader.Read(file, problems))
        {
            if (left-- == 0)
            {
                problems.Add(new RowProblem(file.Dataset.Name, row.Row, row.Line, null, RowErrorCodes.TooManyRows,
                    $"A submission may have {SubmissionLimits.Rows} rows; send it in parts, or leave it in the inbox.", null));
                break;
            }

            Check(row, lines);
        }

        Readable &= problems.Count == 0;
        Errors.Add(problems);
        return Math.Max(left, 0);
    }

    private void Check(IncomingRow row, Dictionary<string, int> lines)
    {
        var (staged, problems) = RowCheck.Check(row);
        Errors.Add(problems);
        var id = staged?.Id ?? RowCheckText.Trim(row.Cells[0]);
        if (id is not null && !lines.TryAdd(id, row.Line))
        {
            Errors.Add(new RowProblem(row.Dataset.Name, row.Row, row.Line, "Id", RowErrorCodes.DuplicateId,
                $"The row has the same id as that on line {lines[id]}; an id may come once, letter case ignored.", id));
        }
        else if (staged is not null)
        {
            rows.Add(staged);
        }
        else if (id is not null)
        {
            failed.Add((row.Dataset, id));
        }
    }
}
