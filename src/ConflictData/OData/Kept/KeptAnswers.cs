using System.IO.Pipelines;
using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Keeps small answers: what one client asks of a release others ask too, and it never changes. The entity tag tells them apart,
/// since it is made of all that decides what an answer says, and where there are links the release that these lead on in.
/// </summary>
/// <param name="bytes">What all of them may take up together; 0 = nothing is kept.</param>
internal sealed class KeptAnswers(long bytes)
{
    /// <summary>The most rows of an answer that is kept.</summary>
    public const int MostRows = 200;

    /// <summary>The most bytes of one: rows can be long.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>What an answer takes up beside its body: tag, headers, list entry and objects.</summary>
    private const int Overhead = 600;

    private readonly RecentlyUsed<(string Tag, AsOf? Links), KeptAnswer> kept = new(bytes, (_, answer) => answer.Body.Length + Overhead);

    /// <summary>The answer to a read: the kept one, or what reading gives, which is kept if it is small. Whole sets are kept as pages.</summary>
    public async Task<Result<Answer>> Get(PreparedRead prepared, ReadPoint at, string tag, Func<Task<Result<Answer>>> read, CancellationToken cancellation)
    {
        if (bytes == 0 || KeptFeed.Answers(prepared))
        {
            return await read();
        }
        var key = (tag, prepared.MayPage || prepared.Tracks ? at.Point : (AsOf?)null);
        if (kept.TryFind(key, out var known))
        {
            return known.Again();
        }
        var result = await read();
        return result.Succeeded(out var answer, out _) && IsSmall(answer) ? await Keep(key, answer, cancellation) : result;
    }

    private static bool IsSmall(Answer answer) => answer is { Status: 200, Body: not null } && (answer.Length <= MostBytes || answer.Rows <= MostRows);

    /// <summary>Its rows are given back at once: the answer is sent from the bytes that are kept.</summary>
    private async Task<Answer> Keep((string Tag, AsOf? Links) key, Answer answer, CancellationToken cancellation)
    {
        using (answer)
        {
            var body = new MemoryStream();
            var output = PipeWriter.Create(body, new(leaveOpen: true));
            await answer.Body!(output, cancellation);
            await output.CompleteAsync();
            var same = new KeptAnswer(answer.ContentType!, body.ToArray(), answer.Headers);
            if (same.Body.Length <= MostBytes)
            {
                kept.Keep(key, same);
            }
            return same.Again();
        }
    }

    private sealed record KeptAnswer(string ContentType, byte[] Body, IReadOnlyList<(string Name, string Value)> Headers)
    {
        public Answer Again() => Answer.Bytes(ContentType, Body) with { Headers = Headers };
    }
}
