using ConflictData.Access;
using ConflictData.Api;

namespace ConflictData.OpenApi;

/// <summary>Keys.</summary>
internal static class KeyOperations
{
    public static IEnumerable<Operation> All() =>
    [
        new("Keys", "listKeys", "All keys, without their secrets")
        {
            Tag = Tags.Keys, AnyOf = Scopes.Admin, Parameters = ["afterKey"], Text = "100 at a time, in the order of their ids. The first admin key is none of these: it stands in a setting or a local file.",
            Answers = [(200, Answers.OfJson("The keys, and the address of more.", "KeyList", "keys"))],
        },
        new("MakeKey", "makeKey", "Make a key")
        {
            Method = HttpMethod.Post, Tag = Tags.Keys, AnyOf = Scopes.Admin, Parameters = ["keyIdempotency"], Body = Bodies.Json("KeyRequest", "keyRequest"),
            Answers = [(201, Answers.OfJson("The key, this once with its secret.", "Key", "madeKey", "Location"))],
            Errors = [ErrorCode.UnsupportedMediaType, ErrorCode.Conflict, ErrorCode.IdempotencyMismatch, ErrorCode.InProgress],
        },
        new("Key", "getKey", "A key, without its secret")
        {
            Tag = Tags.Keys, AnyOf = Scopes.Admin, Parameters = ["keyId"],
            Answers = [(200, Answers.OfJson("The key.", "Key", "key"))],
            Errors = [ErrorCode.NotFound],
        },
        new("RevokeKey", "revokeKey", "End a key, and its next links with it")
        {
            Method = HttpMethod.Delete, Tag = Tags.Keys, AnyOf = Scopes.Admin, Parameters = ["keyId"],
            Answers = [(200, Answers.OfJson("The key, also where it was ended before.", "Key", "key"))],
            Errors = [ErrorCode.NotFound],
        },
        new("RotateKey", "rotateKey", "Make a key that takes the place of another")
        {
            Method = HttpMethod.Post, Tag = Tags.Keys, AnyOf = Scopes.Admin, Parameters = ["keyId", "overlapHours", "keyIdempotency"],
            Text = "The old one goes on for the overlap. The new one lives as long as the old one was made for.",
            Answers = [(201, Answers.OfJson("The new key, this once with its secret.", "Key", "madeKey", "Location"))],
            Errors = [ErrorCode.NotFound, ErrorCode.Conflict, ErrorCode.InProgress],
        },
    ];
}
