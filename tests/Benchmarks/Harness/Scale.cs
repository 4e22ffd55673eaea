using Benchmarks.Data;

namespace Benchmarks.Harness;

/// <summary>How much is measured.</summary>
/// <param name="Shape">The generated revisions.</param>
/// <param name="PageSize">Rows on a page, ours and the baseline's.</param>
/// <param name="Runs">Measured runs of each contender, after one to warm up.</param>
/// <param name="BaselineRows">The baseline's feed is read up to so many rows: all of it would take minutes a run.</param>
/// <param name="Requests">Requests in one run of a row that measures requests.</param>
internal sealed record Scale(FeedShape Shape, int PageSize, int Runs, int BaselineRows, int Requests)
{
    public static Scale Full { get; } = new(FeedShape.Full, 10_000, 5, 100_000, 10);

    /// <summary>Tiny data, everything once: shows that each row still works, measures nothing.</summary>
    public static Scale Smoke { get; } = new(FeedShape.Small, 100, 1, 1_000, 1);
}
