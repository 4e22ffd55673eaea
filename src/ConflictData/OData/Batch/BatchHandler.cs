using System.Globalization;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>
/// Carries out batches: every request in its order, each as if it had come alone, and all of them at one release, so that
/// tables read in one batch agree.
/// </summary>
internal sealed class BatchHandler(ReleaseFollower follower, Settings settings, TimeProvider clock, Func<HttpContext, ODataCall, CancellationToken, Task> answer)
{
    /// <summary>Null when the batch is answered; else why it is not carried out at all.</summary>
    public async Task<ApiError?> Handle(HttpContext http, ODataCall call, CancellationToken cancellation)
    {
        if (!RequestOptions.Read(http.Request.QueryString.Value ?? "").Succeeded(out var options, out var error)
            || !Representation.ReadVersion(http.Request).Succeeded(out var version, out error)
            || !(await new BatchParser(settings).Read(http.Request, version, cancellation)).Succeeded(out var batch, out error)
            || !(await ReadPoint.Find(http.Request, call, null, follower, clock, cancellation)).Succeeded(out var at, out error))
        {
            return error;
        }
        if (options.AllowOnly() is { } misplaced)
        {
            return misplaced;
        }
        var preference = Preferences.Read(http.Request.Headers["Prefer"]).ContinueOnError;
        var writer = BatchWriter.Of(batch.Form, http.Response.BodyWriter);
        var headers = http.Response.Headers;
        http.Response.ContentType = writer.ContentType;
        headers["OData-Version"] = version;
        headers["Conflict-Release"] = at.Release.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = "no-store";
        if (preference is not null)
        {
            headers["Preference-Applied"] = preference;
        }
        await Run(http, call with { Pinned = at.Point }, batch, writer, preference is not null, cancellation);
        return null;
    }

    private async Task Run(HttpContext http, ODataCall call, BatchCall batch, BatchWriter writer, bool goesOn, CancellationToken cancellation)
    {
        var failed = new HashSet<string>();
        await writer.Start(cancellation);
        foreach (var (place, item) in batch.Items.Index())
        {
            var named = item with { Id = item.Id ?? (batch.Form == BatchForm.Json ? (place + 1).ToString(CultureInfo.InvariantCulture) : null) };
            using var body = new MemoryStream();
            var response = await Answer(http, call, named, Refusal(named, batch, failed), body, cancellation);
            await writer.Write(named, response, body.GetBuffer().AsMemory(0, (int)body.Length), cancellation);
            if (response.StatusCode < StatusCodes.Status400BadRequest)
            {
                continue;
            }
            failed.UnionWith(new[] { named.Id, named.Group }.OfType<string>());
            if (!goesOn)
            {
                break;
            }
        }
        await writer.End(cancellation);
    }

    private static ApiError? Refusal(BatchItem item, BatchCall batch, HashSet<string> failed) =>
        item.Refusal
        ?? (item.DependsOn.FirstOrDefault(failed.Contains) is { } before
            ? new ApiError(ErrorCode.FailedDependency, $"Request {before}, on which this one depends, failed.") { Target = "dependsOn" }
            : item.Url.StartsWith('$') && batch.Items.Any(other => other.Id is not null && other.Id == item.Url[1..].Split('/', '?')[0])
                ? new ApiError(ErrorCode.NotSupported, "This service does not support addresses that begin with another request of the batch.") { Target = "url" }
                : null);

    private async Task<HttpResponse> Answer(
        HttpContext outer, ODataCall call, BatchItem item, ApiError? refusal, MemoryStream body, CancellationToken cancellation)
    {
        var inner = new DefaultHttpContext { RequestServices = outer.RequestServices };
        inner.Request.Method = item.Method;
        inner.Request.Body = new MemoryStream(item.Body.ToArray());
        inner.Response.Body = body;
        if (outer.Request.Headers.TryGetValue("OData-MaxVersion", out var version))
        {
            inner.Request.Headers["OData-MaxVersion"] = version;
        }
        foreach (var (name, value) in item.Headers)
        {
            inner.Request.Headers[name] = value;
        }
        ApiError? error = refusal;
        if (error is null && ServiceUrl.Read(item.Url, call, outer.Request.Host).Succeeded(out var url, out error))
        {
            inner.Request.QueryString = new QueryString(url.Query);
            await answer(inner, call with { Path = url.Path }, cancellation);
        }
        if (error is not null)
        {
            await new ErrorResult(error, ErrorShape.OData).ExecuteAsync(inner);
        }
        return inner.Response;
    }
}
