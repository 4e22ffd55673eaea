using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>
/// What mode=replace adds to a payload, which is the whole of each of its datasets: records that it does not have are retracted, of
/// those that the submission may change. Guards against a payload that was made from an older state, or that was cut off.
/// </summary>
internal sealed class Replacement(HeadReader head, StagedSubmission submission, Ownership ownership, SubmittedRows rows)
{
    /// <summary>Without a word from the submitter, one in this many records may be retracted.</summary>
    private const int MostShare = 10;

    /// <summary>Ids that a message names.</summary>
    private const int MostNamed = 20;

    /// <summary>Records of the payload's datasets that were changed after its base, whether it has them or not.</summary>
    public ProblemList Moved()
    {
        var problems = new ProblemList();
        foreach (var dataset in submission.Datasets)
        {
            var (first, count) = head.TouchedSince(dataset, submission.Base!.Value);
            problems.Add(first.Select(record => Moved(dataset, record.Id, record.Release)));
            problems.CountMore(count - first.Count);
        }

        return problems;
    }

    /// <summary>Too many retractions, those of rows that say so among them: one problem a dataset, with the first records that would go.</summary>
    public IEnumerable<RowProblem> TooMany()
    {
        var counts = submission.Datasets.Select(Count).Where(count => count.Retracted > 0).ToList();
        var total = counts.Sum(count => count.Retracted);
        return total > SubmissionLimits.Rows
            ? counts.Select(count => Problem(count, $"That makes {total}, and a submission may retract {SubmissionLimits.Rows}. Retract the others before, with Action retract."))
            : submission.MaxRetractions is { } most
                ? counts.Where(_ => total > most).Select(count => Problem(count, $"That makes {total}, more than maxRetractions={most} allows. If the payload is complete, send it with maxRetractions={total}."))
                : counts.Where(count => count.Retracted * MostShare > count.Live).Select(count => Problem(count,
                    $"That is more than a tenth. If the payload is complete, send it with maxRetractions={total}."));
    }

    /// <summary>Adds the retractions of what the payload does not have.</summary>
    public void AddAbsent()
    {
        foreach (var dataset in submission.Datasets)
        {
            rows.AddAbsent(dataset, head.Absent(dataset, Ids(dataset), ownership.Releases));
        }
    }

    private (Dataset Dataset, int Live, int Retracted) Count(Dataset dataset)
    {
        var (live, absent) = head.CountAbsent(dataset, Ids(dataset), ownership.Releases);
        return (dataset, live, absent + Rows(dataset).Count(row => row is { IsRetraction: true, IsLive: true }));
    }

    private IEnumerable<SubmittedRow> Rows(Dataset dataset) => rows.All.Where(row => row.Dataset == dataset);

    private IEnumerable<string> Ids(Dataset dataset) => Rows(dataset).Select(row => row.Id);

    private RowProblem Moved(Dataset dataset, string id, int release)
    {
        var sent = rows.Find(dataset, id) is { } place ? rows[place].Head : default;
        return new(dataset.Name, sent.Number, sent.Line, null, RowErrorCodes.BaseMoved,
            $"{id} was changed by release {release}, after the base {submission.Base}. Take the change over and send the dataset with base={head.Release}.", id);
    }

    private RowProblem Problem((Dataset Dataset, int Live, int Retracted) count, string message)
    {
        var absent = head.Absent(count.Dataset, Ids(count.Dataset), ownership.Releases, MostNamed + 1).Select(record => record.Id).ToList();
        var named = absent.Count == 0 ? "" : $" The payload lacks {string.Join(", ", absent.Take(MostNamed))}{(absent.Count > MostNamed ? ", …" : "")}.";
        return new(count.Dataset.Name, 0, 0, null, RowErrorCodes.TooManyRetractions,
            $"{count.Dataset}: {count.Retracted} of {count.Live} records would be retracted. {message}{named}", null);
    }
}
