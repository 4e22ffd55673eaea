using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>The preference of RFC 7240 not to wait for the report.</summary>
internal static class RespondAsync
{
    private const string Name = "respond-async";

    public static bool IsAsked(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(','))
        .Any(preference => preference.Split(';', '=')[0].Trim().Equals(Name, StringComparison.OrdinalIgnoreCase));

    public static void Applied(HttpResponse response) => response.Headers["Preference-Applied"] = Name;
}
