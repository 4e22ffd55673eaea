using System.Globalization;
using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Snapshots;

/// <summary>What the snapshot addresses answer.</summary>
public sealed class SnapshotAnswers(SnapshotService snapshots, Settings settings)
{
    private const int ListedAtOnce = 20;

    /// <summary>What a browser says of a script that fetches: it may not follow a link to another host.</summary>
    private const string Scripted = "cors";

    /// <summary>The published releases, newest first, with their files; <c>next</c> is the address of older ones or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        var error = QueryOptions.Unknown(call.Request.Query, BeforeRelease.Option);
        if (error is not null
            || !BeforeRelease.Read(call.Request).Succeeded(out var before, out error)
            || !(await snapshots.Published(before, ListedAtOnce + 1, call.Request.HttpContext.RequestAborted)).Succeeded(out var found, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var next = found.Count > ListedAtOnce ? call.Links.To($"snapshots?{BeforeRelease.Option}={found[ListedAtOnce - 1].Release}") : null;
        return Results.Json(
            new SnapshotList([.. found.Take(ListedAtOnce).Select(manifest => SnapshotDocument.Of(manifest, call.Links))], next),
            ApiJson.Readable.SnapshotList);
    }

    /// <summary>
    /// A file, with ranges, ETag and 304; for ever cacheable where the address names a release by number. Or, where the setting says so, 307
    /// to storage.
    /// </summary>
    public async Task<IResult> File(ApiCall call, string release, string name)
    {
        if (!(await snapshots.Find(release, name, call.Request.HttpContext.RequestAborted)).Succeeded(out var found, out var error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var headers = call.Request.HttpContext.Response.Headers;
        headers["Conflict-Release"] = found.Release.ToString(CultureInfo.InvariantCulture);
        var disposition = $"attachment; filename=\"{found.File.Name}\"";
        if (settings.SnapshotRedirects && HttpMethods.IsGet(call.Request.Method) && call.Request.Headers["Sec-Fetch-Mode"] != Scripted)
        {
            headers.CacheControl = "private, no-store";
            var link = await snapshots.Link(found.File, disposition, call.Request.HttpContext.RequestAborted);
            return Results.Redirect(link.AbsoluteUri, preserveMethod: true);
        }

        headers.CacheControl = found.IsPinned ? "private, max-age=31536000, immutable" : "private, no-cache";
        headers.ContentDisposition = disposition;
        return new RangedFile(Results.Stream(
            snapshots.Open(found.File),
            found.File.MediaType,
            lastModified: found.CommittedAt,
            entityTag: new EntityTagHeaderValue($"\"{found.File.Sha256}\""),
            enableRangeProcessing: true));
    }
}
