using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ConflictData.OData;

/// <summary>
/// What a client would like, as RFC 7240 has it: names with and without odata., the first of a name counts, and what is not
/// known or makes no sense is left alone.
/// </summary>
/// <param name="MaxPageSize">The page size that the client prefers, with the preference's name as it wrote it; null = none.</param>
/// <param name="OmitNulls">The name of omit-values=nulls as it wrote it; null = nulls are written.</param>
/// <param name="TrackChanges">The name of track-changes as it wrote it; null = no delta link is wanted.</param>
/// <param name="ContinueOnError">The name of continue-on-error as it wrote it; null = a batch ends at its first error.</param>
internal sealed record Preferences((string Name, int Rows)? MaxPageSize, string? OmitNulls, string? TrackChanges, string? ContinueOnError)
{
    public static Preferences Read(StringValues prefer)
    {
        var found = new Dictionary<string, (string Name, string Value)>();
        foreach (var preference in prefer.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            var name = parts[0].ToLowerInvariant();
            found.TryAdd(name.StartsWith("odata.", StringComparison.Ordinal) ? name[6..] : name, (name, parts.Length == 2 ? parts[1].Trim('"').ToLowerInvariant() : ""));
        }
        return new Preferences(
            found.TryGetValue("maxpagesize", out var size) && int.TryParse(size.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0
                ? (size.Name, rows)
                : null,
            found.TryGetValue("omit-values", out var omit) && omit.Value == "nulls" ? omit.Name : null,
            found.TryGetValue("track-changes", out var track) && track.Value == "" ? track.Name : null,
            found.TryGetValue("continue-on-error", out var go) && go.Value is "" or "true" ? go.Name : null);
    }
}
