using System.Net;
using System.Text.Json;

namespace ConflictFunctions.Tests.Faults;

/// <summary>What an instance answered to a submission.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its body.</param>
/// <param name="ComeBack">How long to wait before the next try, where it says so.</param>
internal sealed record Outcome(HttpStatusCode Status, string Text, TimeSpan? ComeBack)
{
    private readonly JsonElement body = JsonElement.Parse(Text);

    public string? Code => body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The submission.</summary>
    public string Id => body.GetProperty("id").GetString()!;

    /// <summary>The release that it is; null where it made none.</summary>
    public int? Release => body.TryGetProperty("release", out var release) && release.ValueKind == JsonValueKind.Number ? release.GetInt32() : null;

    /// <summary>The number of a release that was asked for.</summary>
    public int Number => body.GetProperty("number").GetInt32();

    /// <summary>False where it is open how it will end.</summary>
    public bool IsFinal => Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.Accepted) && Code != "inProgress"
        && !(body.TryGetProperty("state", out var state) && state.GetString() is "received" or "writing");

    public static async Task<Outcome> Read(HttpResponseMessage answer) => new(
        answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.RetryAfter?.Delta);
}
