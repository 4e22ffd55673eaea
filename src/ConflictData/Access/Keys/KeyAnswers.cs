using System.Globalization;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>
/// What the addresses of keys answer. The first admin key is none of these: it stands in a setting or a local file, and is
/// changed there.
/// </summary>
public sealed class KeyAnswers(IKeyStore store, KnownKeys known, TimeProvider clock)
{
    private const int ListedAtOnce = 100;
    internal const int LongestOverlapHours = 30 * 24;
    internal const int UsualOverlapHours = 24;

    private readonly KeyMaker maker = new(store, known, clock);

    /// <summary>Makes a key: 201 with the key itself, this once. Sent again under its idempotency key it makes no other.</summary>
    public async Task<IResult> Make(ApiCall call)
    {
        var now = clock.GetUtcNow();
        var error = QueryOptions.Unknown(call.Request.Query) ?? IdempotencyKey.Problem(IdempotencyKey.Of(call.Request));
        if (error is not null || !(await KeyRequest.Read(call.Request, now, call.Request.HttpContext.RequestAborted)).Succeeded(out var order, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var made = await maker.Make(order, call.Caller.Owner, null, IdempotencyKey.Of(call.Request));
        return made.Succeeded(out var key, out error) ? Shown(call, key) : new ErrorResult(error, ErrorShape.Problem);
    }

    /// <summary>The keys in the order of their ids, 100 at a time; <c>next</c> is the address of more or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        var after = call.Request.Query["after"].ToString();
        var error = QueryOptions.Unknown(call.Request.Query, "after")
            ?? (after.Length == 0 || KeyText.IsId(after) ? null : new ApiError(ErrorCode.BadRequest, "after must be the id of a key.") { Target = "after" });
        if (error is not null)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var found = await store.After(after, ListedAtOnce + 1, call.Request.HttpContext.RequestAborted);
        var listed = found.Take(ListedAtOnce).Select(record => KeyDocument.Of(record, clock.GetUtcNow())).ToList();
        var next = found.Count > ListedAtOnce ? call.Links.To($"keys?after={listed[^1].Id}") : null;
        return NotKept(call, Results.Json(new KeyList(listed, next), ApiJson.Readable.KeyList));
    }

    /// <summary>One key, without its secret, as storage has it now.</summary>
    public async Task<IResult> One(ApiCall call, string id) =>
        KeyText.IsId(id) && await store.Find(id, call.Request.HttpContext.RequestAborted) is { } record ? Document(call, record) : NotFound(id);

    /// <summary>Ends a key, here at once and elsewhere within <see cref="Settings.KeyFreshSeconds"/>: 200 with the key, also where it was ended before.</summary>
    public async Task<IResult> Revoke(ApiCall call, string id)
    {
        if (QueryOptions.Unknown(call.Request.Query) is { } error)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var now = clock.GetUtcNow();
        return await Change(id, record => record.RevokedAt is null ? record with { RevokedAt = now, RevokedBy = call.Caller.Owner } : record) is { } revoked
            ? Document(call, revoked)
            : NotFound(id);
    }

    /// <summary>
    /// Makes a key that takes the place of another: 201 with the new one. The old one goes on for the overlap, so that its users
    /// can change over; the new one lives as long as the old one was made for. Sent again under its idempotency key it makes no other.
    /// </summary>
    public async Task<IResult> Rotate(ApiCall call, string id)
    {
        var idempotencyKey = IdempotencyKey.Of(call.Request);
        if (!ReadOverlap(call.Request).Succeeded(out var overlap, out var error) || (error = IdempotencyKey.Problem(idempotencyKey)) is not null)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        if (!KeyText.IsId(id) || await store.Find(id, call.Request.HttpContext.RequestAborted) is not { } old)
        {
            return NotFound(id);
        }

        var made = await maker.Rotate(old, overlap.Value, call.Caller.Owner, idempotencyKey);
        return made.Succeeded(out var key, out error) ? Shown(call, key) : new ErrorResult(error, ErrorShape.Problem);
    }

    private IResult Shown(ApiCall call, MadeKey made)
    {
        call.Request.HttpContext.Response.Headers.Location = call.Links.To($"keys/{made.Record.Id}").AbsoluteUri;
        return NotKept(call, Results.Json(
            KeyDocument.Of(made.Record, clock.GetUtcNow(), made.Key), ApiJson.Readable.KeyDocument, statusCode: StatusCodes.Status201Created));
    }

    private async Task<KeyRecord?> Change(string id, Func<KeyRecord, KeyRecord> change)
    {
        if (!KeyText.IsId(id) || await store.Change(id, change, CancellationToken.None) is not { } changed)
        {
            return null;
        }

        known.Put(changed);
        return changed;
    }

    private IResult Document(ApiCall call, KeyRecord record) =>
        NotKept(call, Results.Json(KeyDocument.Of(record, clock.GetUtcNow()), ApiJson.Readable.KeyDocument));

    private static IResult NotKept(ApiCall call, IResult answer)
    {
        call.Request.HttpContext.Response.Headers.CacheControl = "no-store";
        return answer;
    }

    private static Result<Overlap> ReadOverlap(HttpRequest request)
    {
        const string Option = "overlapHours";
        var text = request.Query[Option].ToString();
        var hours = UsualOverlapHours;
        return QueryOptions.Unknown(request.Query, Option) is { } unknown ? unknown
            : text.Length > 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hours) && hours <= LongestOverlapHours)
                ? new ApiError(ErrorCode.BadRequest, $"{Option} must be from 0 to {LongestOverlapHours}.") { Target = Option }
                : new Overlap(TimeSpan.FromHours(hours));
    }

    private static ErrorResult NotFound(string id) => new(new(ErrorCode.NotFound,
        KeyText.IsId(id) ? $"There is no key {id} that was made here; the first admin key stands in a setting or a local file." : "This can be the id of no key.") { Target = "id" }, ErrorShape.Problem);

    private sealed record Overlap(TimeSpan Value);
}
