using System.Runtime.CompilerServices;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Reads the page that starts at a position.</summary>
internal delegate Task<Result<FeedPage>> NextPage(PagePosition from, CancellationToken cancellation);

/// <summary>Reads a set from a page on to its end, for answers that are not cut into pages.</summary>
internal static class PageStream
{
    /// <summary>The pages in order. All are of one release; each is gone when the next is asked for.</summary>
    /// <exception cref="IOException">A later page could not be read; what was sent so far must not look whole.</exception>
    public static async IAsyncEnumerable<FeedPage> From(FeedPage first, NextPage read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return first;
        for (var next = first.Next; next is not null;)
        {
            if (!(await read(next, cancellation)).Succeeded(out var page, out var error))
            {
                throw new IOException($"The read broke off: {error.Detail}");
            }
            using (page)
            {
                yield return page;
            }
            next = page.Next;
        }
    }

    /// <summary>One page alone.</summary>
    public static async IAsyncEnumerable<FeedPage> Of(FeedPage page)
    {
        await Task.CompletedTask;
        yield return page;
    }
}
