using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Webhooks;

/// <summary>What the addresses of webhooks answer.</summary>
public sealed class WebhookAnswers(IWebhookStore store, ReleaseFollower follower, Settings settings, TimeProvider clock)
{
    private readonly WebhookMaker maker = new(store);

    /// <summary>
    /// Makes a webhook, which is told of the releases from now on: 201 with the secret, this once, where it was made here. Sent again under its
    /// idempotency key it makes no other.
    /// </summary>
    public async Task<IResult> Make(ApiCall call)
    {
        var aborted = call.Request.HttpContext.RequestAborted;
        var idempotencyKey = IdempotencyKey.Of(call.Request);
        var error = QueryOptions.Unknown(call.Request.Query) ?? IdempotencyKey.Problem(idempotencyKey);
        if (error is not null
            || !(await WebhookRequest.Read(call.Request, settings, aborted)).Succeeded(out var order, out error)
            || !(await follower.Newest(aborted)).Succeeded(out var history, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var now = clock.GetUtcNow();
        var made = await maker.Make(order.Make(history.Head?.Release ?? 0, call.Links, call.Caller.Owner, now, idempotencyKey), aborted);
        return made.Succeeded(out var webhook, out error) ? Made(call, webhook, now) : new ErrorResult(error, ErrorShape.Problem);
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

    private static IResult Made(ApiCall call, Webhook webhook, DateTimeOffset now)
    {
        call.Request.HttpContext.Response.Headers.Location = call.Links.To($"webhooks/{webhook.Id}").AbsoluteUri;
        return NotKept(call, Results.Json(
            WebhookDocument.Of(webhook, now, webhook.HasOwnSecret ? null : webhook.Secret), ApiJson.Readable.WebhookDocument, statusCode: StatusCodes.Status201Created));
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

    private static ErrorResult NotFound(string id) => new(
        new(ErrorCode.NotFound, KeyText.IsId(id) ? $"There is no webhook {id}." : "This can be the id of no webhook.") { Target = "id" }, ErrorShape.Problem);
}
