using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Geo;

/// <summary>What the addresses for maps answer: GeoJSON (RFC 7946) of a release.</summary>
public sealed class GeoAnswers(Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    private const string NewestRelease = "latest";

    private static readonly Dataset[] PlacesRead = [Catalog.Get("Places")];

    private static readonly Dataset[] ZonesRead = [.. new[] { "ZoneMemberships", "Zones", "Places", "Actors", "Sources" }.Select(Catalog.Get)];

    /// <summary>Every place at a release (<c>release</c>, in any of its names; the newest by default).</summary>
    public Task<IResult> Places(ApiCall call) => Answer(call, [], PlacesRead, (release, _) => GeoSql.Places(release));

    /// <summary>
    /// Every zone membership that was claimed to hold on a day (<c>date</c>; that on which the release was committed by default), at a release.
    /// Rival claims are features of their own.
    /// </summary>
    public Task<IResult> Zones(ApiCall call) => Answer(call, ["date"], ZonesRead, GeoSql.Zones);

    private async Task<IResult> Answer(ApiCall call, string[] options, Dataset[] read, Func<int, DateOnly, SqlQuery> query)
    {
        var (request, cancellation) = (call.Request, call.Request.HttpContext.RequestAborted);
        var name = request.Query["release"].ToString() is { Length: > 0 } given ? given : NewestRelease;
        var error = QueryOptions.Unknown(request.Query, ["release", .. options]);
        if (error is not null
            || !ReadDate(request.Query["date"].ToString()).Succeeded(out var day, out error)
            || !(await ReleaseName.Find(name, follower, clock, cancellation)).Succeeded(out var commit, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var date = day ?? DateOnly.FromDateTime(commit.CommittedAt.UtcDateTime);
        var tag = EntityTag.Of(request.Path.Value, engine.History.Effective(new(commit.Release), read), date);
        var headers = request.HttpContext.Response.Headers;
        headers["Conflict-Release"] = commit.Release.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "private, max-age=31536000, immutable" : "private, no-cache";
        headers.Append("Vary", "Accept-Encoding");
        headers.ETag = tag;
        if (Preconditions.Failed(request) is { } refusal)
        {
            return new ErrorResult(refusal, ErrorShape.Problem);
        }

        if (EntityTag.IsKnown(request, tag) || EntityTag.IsAnyKnown(request))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        return (await engine.Execute(query(commit.Release, date), cancellation)).Succeeded(out var rows, out error)
            ? new FeatureCollection(rows)
            : new ErrorResult(error, ErrorShape.Problem);
    }

    private static Result<DateOnly?> ReadDate(string text) =>
        text.Length == 0 ? (DateOnly?)null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : new ApiError(ErrorCode.BadRequest, "date must be a day such as 2022-01-31.") { Target = "date" };
}
