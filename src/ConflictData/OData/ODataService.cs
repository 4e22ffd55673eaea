using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictData.OData;

/// <summary>Answers requests for the feed: parse, plan, execute, write.</summary>
public sealed class ODataService(Engine engine, ReleaseFollower follower, PageTokens tokens, Settings settings, TimeProvider clock, ILogger<ODataService> log) : IDisposable
{
    /// <summary>Small answers may take up this part of what kept pages may, beside them.</summary>
    private const int KeptAnswersShare = 8;

    private readonly RequestParser requests = new(settings);
    private readonly Documents documents = new(settings);
    private readonly FeedHandler feeds = new(engine, tokens, settings);
    private readonly KeptAnswers kept = new(settings.KeptPagesMegabytes * 1_000_000L / KeptAnswersShare);

    /// <summary>
    /// Answers a request. Expected failures become OData error objects; what is thrown is a bug, broken infrastructure or the
    /// client's going away. Access must have been checked, unless <see cref="ODataCall.IsOpen"/>.
    /// </summary>
    public async Task Handle(HttpContext http, ODataCall call, CancellationToken cancellation)
    {
        if (call.IsBatch && call.Pinned is null)
        {
            if (await new BatchHandler(follower, settings, clock, Handle).Handle(http, call, cancellation) is { } refusal)
            {
                await new ErrorResult(refusal, ErrorShape.OData).ExecuteAsync(http);
            }
            return;
        }
        if (!(await Answer(http, call, cancellation)).Succeeded(out var answer, out var error))
        {
            MashupWatch.Refused(log, http.Request, error);
            await new ErrorResult(error, ErrorShape.OData).ExecuteAsync(http);
            return;
        }
        using (answer)
        {
            Start(http.Response, answer);
            if (answer.Body is not null && !HttpMethods.IsHead(http.Request.Method))
            {
                using var writing = Stage("write");
                await answer.Body(http.Response.BodyWriter, cancellation);
            }
        }
    }

    /// <summary>Gives back what it keeps of the engine's, and so comes before the end of that.</summary>
    public void Dispose() => feeds.Dispose();

    private static void Start(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentLength = answer.Length;
        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }
    }

    private async Task<Result<Answer>> Answer(HttpContext http, ODataCall call, CancellationToken cancellation)
    {
        if (!(await Read(http, call, cancellation)).Succeeded(out var request, out var error))
        {
            return error;
        }
        http.Response.Headers["OData-Version"] = request.Representation.Version;
        http.Response.Headers.Append("Vary", "Accept, Accept-Encoding, OData-MaxVersion, Prefer");
        if (request.Target.Kind is TargetKind.ServiceDocument or TargetKind.Metadata)
        {
            return await IsNoRelease(call, cancellation) is { } missing ? missing : documents.Answer(http, request);
        }
        if (!Prepare(request).Succeeded(out var prepared, out error))
        {
            return error;
        }
        var point = prepared.Since is null
            ? await ReadPoint.Find(http.Request, call, prepared, follower, clock, cancellation)
            : await DeltaStart.Find(http.Request, prepared, follower, clock, cancellation);
        if (!point.Succeeded(out var at, out error))
        {
            return error;
        }
        MashupWatch.Begun(log, http.Request, prepared, at);
        ReadHeaders.Write(http.Response, request, prepared, at, call.NamesNumber && !prepared.ReadsTags ? null : follower.Stale);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            // No cache keeps what a body asked for, and a tag on it would mean something else than one on the address.
            http.Response.Headers.CacheControl = "no-store";
            return await Execute(prepared, at, cancellation);
        }
        var tag = feeds.TagOf(prepared, at);
        http.Response.Headers.ETag = tag;
        var refusal = Preconditions.Failed(http.Request, at.ChangedAt(prepared.Plan.Reads));
        return refusal is null && EntityTag.IsKnown(http.Request, tag)
            ? OData.Answer.Empty(StatusCodes.Status304NotModified)
            : IfWanted(http.Request, refusal, await kept.Get(prepared, at, tag, () => Execute(prepared, at, cancellation), cancellation));
    }

    private async Task<Result<ODataRequest>> Read(HttpContext http, ODataCall call, CancellationToken cancellation)
    {
        using var parsing = Stage("parse");
        return await requests.Read(http.Request, call, cancellation);
    }

    private Result<PreparedRead> Prepare(ODataRequest request)
    {
        using var planning = Stage("plan");
        return feeds.Prepare(request);
    }

    private async Task<Result<Answer>> Execute(PreparedRead prepared, ReadPoint at, CancellationToken cancellation)
    {
        using var executing = Stage("execute");
        var read = await feeds.Read(prepared, at, cancellation);
        return read.Error is { Target: null } error && error.Code == ErrorCode.BadQuery ? error with { Target = Reckons(prepared.Request.Options) } : read;
    }

    /// <summary>The options whose expressions the engine may have found no value for.</summary>
    private static string Reckons(RequestOptions options) =>
        string.Join(", ", new[] { "apply", "filter", "orderby", "compute", "expand" }.Where(name => options[name] is not null).Select(name => "$" + name).DefaultIfEmpty("query"));

    private static Timing Stage(string name) => Timing.Of(Instruments.StageSeconds, "stage", name);

    /// <summary>Whether there is an answer at all, no tag tells: only one that there is can be refused, or be left out as known.</summary>
    private static Result<Answer> IfWanted(HttpRequest request, ApiError? refusal, Result<Answer> read)
    {
        if (!read.Succeeded(out var answer, out _) || (refusal is null && !EntityTag.IsAnyKnown(request)))
        {
            return read;
        }
        answer.Dispose();
        return refusal is not null ? refusal : OData.Answer.Empty(StatusCodes.Status304NotModified);
    }

    /// <summary>The documents are the same at every release, but only a release that there is has any.</summary>
    private async Task<ApiError?> IsNoRelease(ODataCall call, CancellationToken cancellation) =>
        call.Release is { } name ? (await ReleaseName.Find(name, follower, clock, cancellation)).Error : null;
}
