using Benchmarks.Data;

namespace Benchmarks.Harness;

/// <summary>How much is measured.</summary>
/// <param name="Shape">The generated revisions.</param>
/// <param name="PageSize">Rows on a page, ours and the baseline's.</param>
/// <param name="Runs">Measured runs of each contender, after some to warm up.</param>
/// <param name="BaselinePages">Pages of the baseline's feed in one run, evenly spread over it: all of it would take a minute.</param>
/// <param name="Requests">Requests in one run of a row that measures requests.</param>
/// <param name="WarmUpRequests">Requests before the first of those runs.</param>
/// <param name="CheckedRows">Rows of the submission that is read and checked.</param>
/// <param name="SubmittedRows">Rows of the submission that is stored.</param>
internal sealed record Scale(FeedShape Shape, int PageSize, int Runs, int BaselinePages, int Requests, int WarmUpRequests, int CheckedRows, int SubmittedRows)
{
    public static Scale Full { get; } = new(FeedShape.Full, 10_000, 5, 10, 10, 150, 100_000, 20_000);

    /// <summary>Tiny data, everything once: shows that each row still works, measures nothing.</summary>
    public static Scale Smoke { get; } = new(FeedShape.Small, 100, 1, 3, 1, 1, 2_000, 300);
}
