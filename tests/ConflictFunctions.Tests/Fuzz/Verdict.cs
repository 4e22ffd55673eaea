using System.Text.Json;
using ConflictData.Api;
using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>What is wrong with answers, whatever was asked.</summary>
internal static class Verdict
{
    /// <summary>How the server refuses by itself, without a body, what it will not hand on.</summary>
    private static readonly int[] Refusals = [400, 404, 405, 408, 411, 413, 414, 431, 505];

    private static readonly ErrorCode[] Broken = [ErrorCode.Internal, ErrorCode.StorageUnavailable, ErrorCode.IdentityUnavailable];

    /// <summary>The first thing that is wrong; null where nothing is.</summary>
    public static string? Of(RawRequest request, IReadOnlyList<RawAnswer> answers) =>
        request.ReachesApp && answers.Count != request.Methods.Count ? $"{answers.Count} answers to {request.Methods.Count} requests"
        : answers.Index().Select(item => Of(request, item.Item, item.Index < request.Methods.Count ? request.Methods[item.Index] : "")).FirstOrDefault(problem => problem is not null);

    private static string? Of(RawRequest request, RawAnswer answer, string method) =>
        answer.Status == 0 ? "no HTTP: " + Short(answer)
        : request.ReachesApp && !answer.IsWhole ? $"{answer.Status} is cut off: {Short(answer)}"
        : request.ReachesApp && !answer.IsOfApp ? $"{answer.Status} is not of the app: {Short(answer)}"
        : !answer.IsOfApp ? (Refusals.Contains(answer.Status) && answer.Body.Length == 0 ? null : $"the server says {answer.Status}: {Short(answer)}")
        : Secrets.In(string.Join('\n', answer.Headers.Values), tokensToo: false) is not null ? $"{answer.Status} has a key in its headers"
        : method == "HEAD" ? (answer.Status == 500 ? "500" : null)
        : !answer.IsWhole ? null
        : answer.Status >= 400 ? OfError(request, answer)
        : OfSuccess(request, answer);

    private static string? OfSuccess(RawRequest request, RawAnswer answer) =>
        answer.MediaType == "application/json" && answer.Status is not (204 or 304) && !TryParse(answer.Text, out _) ? $"{answer.Status} is no JSON: {Short(answer)}"
        : !request.MakesKey && Secrets.In(answer.Text, tokensToo: false) is not null ? $"{answer.Status} shows a key: {Short(answer)}"
        : null;

    private static string? OfError(RawRequest request, RawAnswer answer)
    {
        var text = answer.Text;
        if (!TryParse(text, out var document))
        {
            return $"{answer.Status} is no JSON: {Short(answer)}";
        }

        var isFeed = document.TryGetProperty("error", out var inner);
        var error = isFeed ? inner : document;
        var code = ErrorCode.All.SingleOrDefault(known => known.Name == Member(error, "code"));
        return code is null || code.Status != answer.Status || Broken.Contains(code) ? $"{answer.Status} has the code {code?.Name}: {Short(answer)}"
            : request.ReachesApp && isFeed != request.IsFeed ? $"{answer.Status} is in the other shape: {Short(answer)}"
            : answer.MediaType != (isFeed ? "application/json" : "application/problem+json") ? $"{answer.Status} is {answer.MediaType}"
            : string.IsNullOrEmpty(Member(error, isFeed ? "message" : "detail")) ? $"{answer.Status} says nothing: {Short(answer)}"
            : Secrets.In(text, tokensToo: true) is not null ? $"{answer.Status} repeats a secret: {Short(answer)}"
            : null;
    }

    private static string? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static bool TryParse(string text, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }

    private static string Short(RawAnswer answer) => answer.Text is var text && text.Length > 600 ? text[..600] + " …" : text;
}
