using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Api;

/// <summary>What a client makes an answer depend on (RFC 9110, 13.1.1 and 13.1.4). Files that are sent in ranges have strong tags, and see to it themselves.</summary>
internal static class Preconditions
{
    /// <summary>
    /// Why an answer with a weak tag is not given; null where it is. It comes before If-None-Match, and is asked only of an answer
    /// that there would be: what is not there is not found, whatever it depends on.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="changedAt">When what it asks for has changed last; null = nobody can tell.</param>
    public static ApiError? Failed(HttpRequest request, DateTimeOffset? changedAt = null)
    {
        var headers = request.Headers;
        if (headers.IfMatch.Count > 0)
        {
            return EntityTagHeaderValue.TryParseList(headers.IfMatch, out var tags) && tags.Any(tag => tag.Tag == "*") ? null : Refusal(
                "If-Match", "If-Match compares strongly, and the tags of answers that are made for each request are weak, so that it finds none of them but *. Ask without it; If-None-Match tells whether an answer is another one.");
        }

        return changedAt is { } changed && HeaderUtilities.TryParseDate(headers.IfUnmodifiedSince.ToString(), out var since) && changed >= since.AddSeconds(1)
            ? Refusal("If-Unmodified-Since", $"What is asked for has changed at {changed.ToString("R", CultureInfo.InvariantCulture)}, after the time in If-Unmodified-Since. Ask without it, or with that time.")
            : null;
    }

    private static ApiError Refusal(string header, string detail) => new(ErrorCode.PreconditionFailed, detail) { Target = header };
}
