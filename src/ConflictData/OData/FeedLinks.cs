namespace ConflictData.OData;

/// <summary>Writes the addresses that an answer holds. Options of the client's own, such as a key, are in none of them.</summary>
internal sealed class FeedLinks(PageTokens tokens)
{
    /// <summary>Longest next or delta link, in characters: what every client takes. Who sends a batch can put a longer next link into the next batch.</summary>
    public const int MaxLength = 2000;

    /// <summary>The context address; null where the client wants none.</summary>
    public static string? Context(ODataRequest request, string fragment) =>
        request.Representation.ControlInformation ? $"{request.Call.Root}$metadata#{fragment}" : null;

    private static readonly PagePosition Farthest = new(new(int.MaxValue, int.MaxValue), long.MaxValue, long.MaxValue - 1, long.MaxValue - 1);

    /// <summary>The same query at the same root, from a position on. Where that is too long, the token holds the options too.</summary>
    public string Next(PreparedRead read, PagePosition next)
    {
        var token = TokenOf(read, next);
        var link = Address(read.Request, read.Request.Options, "$skiptoken=" + token);
        return link.Length <= MaxLength
            ? link
            : $"{read.Request.Call.Root}{read.Request.Target.Address}?$skiptoken={PackedQuery.Pack(token, string.Join('&', read.Request.Options.Raw))}";
    }

    /// <summary>The longest next link that the read can come to.</summary>
    public string LongestNext(PreparedRead read) => Next(read, Farthest);

    /// <summary>The longest that a token adds to an address.</summary>
    public int LongestToken(PreparedRead read) => $"&$skiptoken={TokenOf(read, Farthest)}".Length;

    /// <summary>What changes in a query after the release that the token names.</summary>
    public string Delta(ODataRequest request, TrackedQuery query, DeltaToken token) => Address(request, query.Options, "$deltatoken=" + tokens.Write(token));

    /// <summary>The query from its beginning, for those whose delta link is of no use any more.</summary>
    public static string Anew(ODataRequest request, TrackedQuery query) => Address(request, query.Options, null);

    private string TokenOf(PreparedRead read, PagePosition next) =>
        tokens.Write(next with { Tracked = read.Tracks }, read.Request.QueryHash, read.Request.Call);

    private static string Address(ODataRequest request, RequestOptions options, string? token)
    {
        IEnumerable<string> all = token is null ? options.Raw : options.Raw.Append(token);
        return $"{request.Call.Root}{request.Target.Address}{string.Concat(all.Select((option, index) => (index == 0 ? "?" : "&") + option))}";
    }
}
