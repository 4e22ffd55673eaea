using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the release addresses answer.</summary>
public sealed class ReleaseAnswers(ReleaseFollower follower, TimeProvider clock)
{
    private const int ListedAtOnce = 100;

    /// <summary>The releases, newest first, 100 at a time; <c>next</c> is the address of older ones or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        if (!(await follower.Current(call.Request.HttpContext.RequestAborted)).Succeeded(out var history, out var trouble))
        {
            return new ErrorResult(trouble, ErrorShape.Problem);
        }

        var head = history.Head?.Release ?? 0;
        var asked = call.Request.Query["before"].ToString();
        var before = head + 1;
        if (asked.Length > 0 && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return new ErrorResult(new(ErrorCode.BadRequest, $"before={asked} is not the number of a release.") { Target = "before" }, ErrorShape.Problem);
        }

        var newest = Math.Min(before - 1, head);
        var oldest = Math.Max(1, newest - ListedAtOnce + 1);
        return new JsonResult(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("releases");
            for (var release = newest; release >= oldest; release--)
            {
                Write(json, history.Find(release)!, call.Links);
            }

            json.WriteEndArray();
            json.WriteString("next", oldest > 1 ? call.Links.To($"releases?before={oldest}").AbsoluteUri : null);
            json.WriteEndObject();
        });
    }

    /// <summary>One release, by any of its names.</summary>
    public async Task<IResult> One(ApiCall call, string release)
    {
        var found = await ReleaseName.Find(release, follower, clock, call.Request.HttpContext.RequestAborted);
        return found.Succeeded(out var commit, out var error)
            ? new JsonResult(json => Write(json, commit, call.Links))
            : new ErrorResult(error, ErrorShape.Problem);
    }

    private static void Write(Utf8JsonWriter json, Commit commit, Links links)
    {
        json.WriteStartObject();
        json.WriteNumber("number", commit.Release);
        json.WriteString("committedAt", commit.CommittedAt);
        json.WriteString("submission", commit.SubmissionId);
        json.WriteString("mode", commit.Mode);
        json.WriteString("reason", commit.Reason);
        json.WriteString("message", commit.Message);
        json.WriteStartObject("revisions");
        foreach (var extent in commit.Datasets)
        {
            json.WriteNumber(extent.Dataset, extent.Rows);
        }

        json.WriteEndObject();
        json.WriteString("feed", links.To($"releases/{commit.Release}/odata/").AbsoluteUri);
        json.WriteEndObject();
    }
}
