using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>The headers of an answer with rows, sent with 304 too.</summary>
internal static class ReadHeaders
{
    /// <summary>A next link lets its reader on for at least this long, so a kept page may be as old.</summary>
    private const int PageSeconds = 3600;

    private const int YearSeconds = 31_536_000;

    /// <summary>Sets them; stale is how much older than allowed the newest release may be, null = not.</summary>
    public static void Write(HttpResponse response, ODataRequest request, PreparedRead read, ReadPoint at, TimeSpan? stale)
    {
        var headers = response.Headers;
        headers["Conflict-Release"] = at.Release.ToString(CultureInfo.InvariantCulture);
        if (at.ChangedAt(read.Plan.Reads) is { } changed)
        {
            headers.LastModified = changed.ToString("R", CultureInfo.InvariantCulture);
        }
        if (Applied(request, read) is { Count: > 0 } applied)
        {
            headers["Preference-Applied"] = string.Join(", ", applied);
        }
        if (stale is { } age)
        {
            headers["Conflict-Stale"] = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        headers.CacheControl = CacheControl(request.Call, read);
    }

    /// <summary>The preferences that were met, under the names that the client gave them.</summary>
    private static List<string> Applied(ODataRequest request, PreparedRead read)
    {
        var (applied, asked) = (new List<string>(), request.Representation.Preferences);
        if (asked.MaxPageSize is { } size && request.Target.Kind is TargetKind.Set or TargetKind.Delta)
        {
            applied.Add(string.Create(CultureInfo.InvariantCulture, $"{size.Name}={read.PageSize}"));
        }
        if (request.Representation.OmitsNulls && request.Target.Kind is TargetKind.Set or TargetKind.Entity)
        {
            applied.Add($"{asked.OmitNulls}=nulls");
        }
        if (read.Tracks || request.Target.Kind == TargetKind.Delta)
        {
            // Pages after the first are asked for without the preference, which is still met.
            applied.Add(asked.TrackChanges ?? (request.Representation.Version == "4.0" ? "odata.track-changes" : "track-changes"));
        }
        return applied;
    }

    /// <summary>Only a number always names the same release, and only without its tags is that the same for ever.</summary>
    private static string CacheControl(ODataCall call, PreparedRead read)
    {
        if (!call.NamesNumber || read.ReadsTags)
        {
            return "no-cache";
        }
        return read.MayPage ? $"private, max-age={PageSeconds}" : $"private, max-age={YearSeconds}, immutable";
    }
}
