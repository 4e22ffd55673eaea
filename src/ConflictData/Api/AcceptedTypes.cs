using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Api;

/// <summary>What a client says in Accept of the forms of an answer.</summary>
internal static class AcceptedTypes
{
    /// <summary>True where the client takes one type, and likes it better than the other.</summary>
    public static bool Prefers(HttpRequest request, string type, string other) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && Quality(accepted, type) is > 0 and var quality && quality > Quality(accepted, other);

    /// <summary>Of the types that cover one, the most specific counts.</summary>
    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(new MediaTypeHeaderValue(type).IsSubsetOf).OrderBy(item => item.MatchesAllTypes ? 2 : item.MatchesAllSubTypes ? 1 : 0).FirstOrDefault() is { } best
            ? best.Quality ?? 1
            : 0;
}
