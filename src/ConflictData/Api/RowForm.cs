using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Api;

/// <summary>The two forms of the lists that this app makes of rows beside its feed.</summary>
internal enum RowForm
{
    Json,
    Csv,
}

/// <summary>Chooses between them.</summary>
internal static class RowForms
{
    /// <summary>By <c>format=</c>, else by what Accept likes better, else JSON.</summary>
    public static Result<RowForm> Choose(HttpRequest request) => request.Query["format"].ToString().ToLowerInvariant() switch
    {
        "json" => RowForm.Json,
        "csv" => RowForm.Csv,
        "" => PrefersCsv(request) ? RowForm.Csv : RowForm.Json,
        _ => new ApiError(ErrorCode.BadRequest, "format must be json or csv.") { Target = "format" },
    };

    private static bool PrefersCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && Quality(accepted, "text/csv") is > 0 and var csv && csv > Quality(accepted, "application/json");

    /// <summary>Of the types that cover one, the most specific counts.</summary>
    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(new MediaTypeHeaderValue(type).IsSubsetOf).OrderBy(item => item.MatchesAllTypes ? 2 : item.MatchesAllSubTypes ? 1 : 0).FirstOrDefault() is { } best
            ? best.Quality ?? 1
            : 0;
}
