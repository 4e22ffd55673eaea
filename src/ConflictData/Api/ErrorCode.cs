namespace ConflictData.Api;

/// <summary>
/// A kind of failure that a caller can meet. The list is closed: <see cref="All"/> has every one, ERRORS.md beside this
/// file one row each, and a test keeps the two the same.
/// </summary>
/// <param name="Name">Stable code, camelCase.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What it means, the same for every occurrence.</param>
public sealed record ErrorCode(string Name, int Status, string Title)
{
    public static readonly ErrorCode BadRequest = new("badRequest", 400, "The request is malformed.");
    public static readonly ErrorCode BadQuery = new("badQuery", 400, "A query option is malformed or names what does not exist.");
    public static readonly ErrorCode BadToken = new("badToken", 400, "The token of a link is damaged, belongs to another query or was made by a server with other keys.");
    public static readonly ErrorCode Unauthenticated = new("unauthenticated", 401, "No valid key was sent.");
    public static readonly ErrorCode Forbidden = new("forbidden", 403, "The key does not have the scope that this needs.");
    public static readonly ErrorCode NotFound = new("notFound", 404, "There is nothing at this address.");
    public static readonly ErrorCode ReleaseNotFound = new("releaseNotFound", 404, "There is no such release.");
    public static readonly ErrorCode NotAcceptable = new("notAcceptable", 406, "The answer has none of the forms that the client accepts.");
    public static readonly ErrorCode Conflict = new("conflict", 409, "The store has moved on or holds something else.");
    public static readonly ErrorCode BaseMoved = new("baseMoved", 409, "A dataset was changed after the release that its replacement was made from.");
    public static readonly ErrorCode IdempotencyMismatch = new("idempotencyMismatch", 409, "The idempotency key was used for another payload.");
    public static readonly ErrorCode InProgress = new("inProgress", 409, "The same call is still being worked on, or was a moment ago.");
    public static readonly ErrorCode StillReferenced = new("stillReferenced", 409, "Other records refer to a record that is to be retracted.");
    public static readonly ErrorCode DeltaGone = new("deltaGone", 410, "The release from which changes are asked for is not in the past of this address.");
    public static readonly ErrorCode Redacted = new("redacted", 410, "It had a text that was redacted.");
    public static readonly ErrorCode PreconditionFailed = new("preconditionFailed", 412, "What is there is not what the request holds for it.");
    public static readonly ErrorCode TooLarge = new("tooLarge", 413, "The body is too large.");
    public static readonly ErrorCode UnsupportedMediaType = new("unsupportedMediaType", 415, "The body has a media type that is not read here.");
    public static readonly ErrorCode RangeNotSatisfiable = new("rangeNotSatisfiable", 416, "The file has none of the bytes that are asked for.");
    public static readonly ErrorCode Rejected = new("rejected", 422, "The submission has errors; nothing was stored.");
    public static readonly ErrorCode FailedDependency = new("failedDependency", 424, "A request of the batch was left out because another one failed.");
    public static readonly ErrorCode RateLimited = new("rateLimited", 429, "Too many requests came in a short time.");
    public static readonly ErrorCode Internal = new("internal", 500, "Something broke here.");
    public static readonly ErrorCode NotSupported = new("notSupported", 501, "This is not supported.");
    public static readonly ErrorCode Busy = new("busy", 503, "Too much is going on at once; try again.");
    public static readonly ErrorCode StorageUnavailable = new("storageUnavailable", 503, "Storage cannot be reached.");
    public static readonly ErrorCode IdentityUnavailable = new("identityUnavailable", 503, "The identity provider cannot be reached.");
    public static readonly ErrorCode NotReady = new("notReady", 503, "The data is still being loaded.");
    public static readonly ErrorCode TimedOut = new("timedOut", 503, "The query took longer than this server allows.");

    public static readonly ErrorCode EngineFull = new("engineFull", 507, "The store is full; nothing was stored.");

    /// <summary>Every code, in the order of status.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        BadRequest, BadQuery, BadToken, Unauthenticated, Forbidden, NotFound, ReleaseNotFound, NotAcceptable, Conflict, BaseMoved, IdempotencyMismatch,
        InProgress, StillReferenced, DeltaGone, Redacted, PreconditionFailed, TooLarge, UnsupportedMediaType, RangeNotSatisfiable, Rejected, FailedDependency,
        RateLimited, Internal, NotSupported, Busy, StorageUnavailable, IdentityUnavailable, NotReady, TimedOut, EngineFull,
    ];
}
