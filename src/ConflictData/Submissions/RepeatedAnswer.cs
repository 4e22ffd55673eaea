using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>What tells an answer that is given again from the first one.</summary>
/// <param name="FirstSentAt">When the same was sent first, UTC.</param>
/// <param name="Detail">What to do where it is meant anew.</param>
public sealed record RepeatedAnswer(string FirstSentAt, string Detail)
{
    internal const string HeaderName = "Conflict-Repeated";

    /// <summary>The body with the member <c>repeated</c>; the same instant goes into the header.</summary>
    internal static ReadOnlyMemory<byte> Mark(ReadOnlyMemory<byte> body, DateTimeOffset firstSentAt, HttpResponse response)
    {
        var at = firstSentAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        response.Headers[HeaderName] = at;
        var repeated = new RepeatedAnswer(
            at, $"The same was sent at {at}, and this is the answer to that; nothing was done now. If you mean it anew, send it with a new Idempotency-Key.");
        var report = JsonNode.Parse(body.Span)!.AsObject();
        report["repeated"] = JsonSerializer.SerializeToNode(repeated, SubmissionJson.Default.RepeatedAnswer);
        return Encoding.UTF8.GetBytes(report.ToJsonString());
    }
}
