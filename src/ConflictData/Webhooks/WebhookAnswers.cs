using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Webhooks;

/// <summary>What the addresses of webhooks answer.</summary>
public sealed class WebhookAnswers(IWebhookStore store, ReleaseFollower follower, Settings settings, TimeProvider clock)
{
    /// <summary>How many there may be.</summary>
    public const int Most = 50;

    /// <summary>Makes a webhook, which is told of the releases from now on: 201 with the secret, this once, where it was made here.</summary>
    public async Task<IResult> Make(ApiCall call)
    {
        var aborted = call.Request.HttpContext.RequestAborted;
        var error = QueryOptions.Unknown(call.Request.Query);
        if (error is not null
            || !(await WebhookRequest.Read(call.Request, settings, aborted)).Succeeded(out var order, out error)
            || !(await follower.Newest(aborted)).Succeeded(out var history, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        if ((await store.All(aborted)).Count >= Most)
        {
            return Full();
        }

        var now = clock.GetUtcNow();
        var webhook = order.Make(history.Head?.Release ?? 0, call.Links, call.Caller.Owner, now);
        await store.Add(webhook, CancellationToken.None);
        // Others may have been made at the same time.
        if ((await store.All(CancellationToken.None)).Count > Most)
        {
            await store.Remove(webhook.Id, CancellationToken.None);
            return Full();
        }

        call.Request.HttpContext.Response.Headers.Location = call.Links.To($"webhooks/{webhook.Id}").AbsoluteUri;
        return NotKept(call, Results.Json(
            WebhookDocument.Of(webhook, now, order.Secret is null ? webhook.Secret : null), ApiJson.Readable.WebhookDocument, statusCode: StatusCodes.Status201Created));
    }

    /// <summary>All of them, without their secrets.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        if (QueryOptions.Unknown(call.Request.Query) is { } error)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var found = await store.All(call.Request.HttpContext.RequestAborted);
        return NotKept(call, Results.Json(
            new WebhookList([.. found.Select(one => WebhookDocument.Of(one.Webhook, clock.GetUtcNow()))]), ApiJson.Readable.WebhookList));
    }

    /// <summary>One, without its secret, as storage has it now.</summary>
    public async Task<IResult> One(ApiCall call, string id) =>
        await Find(call, id) is { } found ? Document(call, found) : NotFound(id);

    /// <summary>Removes one, whatever it was not told yet: 200 with what it was.</summary>
    public async Task<IResult> Remove(ApiCall call, string id)
    {
        if (QueryOptions.Unknown(call.Request.Query) is { } error)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        if (await Find(call, id) is not { } found)
        {
            return NotFound(id);
        }

        await store.Remove(id, CancellationToken.None);
        return Document(call, found);
    }

    private async Task<Webhook?> Find(ApiCall call, string id) =>
        KeyText.IsId(id) ? (await store.Find(id, call.Request.HttpContext.RequestAborted))?.Webhook : null;

    private IResult Document(ApiCall call, Webhook webhook) =>
        NotKept(call, Results.Json(WebhookDocument.Of(webhook, clock.GetUtcNow()), ApiJson.Readable.WebhookDocument));

    private static IResult NotKept(ApiCall call, IResult answer)
    {
        call.Request.HttpContext.Response.Headers.CacheControl = "no-store";
        return answer;
    }

    private static ErrorResult Full() => new(new(ErrorCode.Conflict, $"There are {Most} webhooks, and there can be no more. Remove one first."), ErrorShape.Problem);

    private static ErrorResult NotFound(string id) => new(
        new(ErrorCode.NotFound, KeyText.IsId(id) ? $"There is no webhook {id}." : "This can be the id of no webhook.") { Target = "id" }, ErrorShape.Problem);
}
