using ConflictData.Access;
using ConflictData.Api;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>What a function does when it is called by one method at one address.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Id">Names the operation.</param>
/// <param name="Summary">What it does, in a line.</param>
internal sealed record Operation(string Function, string Id, string Summary)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>A part of the route, and what stands in its place in the address that is described; null = the route as it is.</summary>
    public (string Part, string Value)? Part { get; init; }

    public required string Tag { get; init; }

    public string? Text { get; init; }

    /// <summary>The scopes of which a caller needs one; none = open to all.</summary>
    public required Scopes AnyOf { get; init; }

    /// <summary>True where nobody is asked who they are or how often they call.</summary>
    public bool AsksNobody { get; init; }

    public ErrorShape Shape { get; init; }

    /// <summary>The components that its parameters are.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public OpenApiRequestBody? Body { get; init; }

    /// <summary>What it answers where it does what is asked of it, by status.</summary>
    public required IReadOnlyList<(int Status, IOpenApiResponse Response)> Answers { get; init; }

    /// <summary>What it may refuse or fail with, beside what every call may.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>All that it may refuse or fail with, in the order of status.</summary>
    public IEnumerable<ErrorCode> AllErrors => ErrorCode.All.Where(Errors.Concat(OfEveryCall()).Contains);

    private IEnumerable<ErrorCode> OfEveryCall() =>
    [
        ErrorCode.BadRequest,
        ErrorCode.TooLarge,
        ErrorCode.Internal,
        .. AsksNobody ? [] : new[] { ErrorCode.Unauthenticated, ErrorCode.RateLimited, ErrorCode.StorageUnavailable, ErrorCode.IdentityUnavailable },
        .. Parameters.Contains("ifAny") ? new[] { ErrorCode.PreconditionFailed } : [],
        .. AnyOf == Scopes.None ? [] : new[] { ErrorCode.Forbidden },
    ];
}

/// <summary>What operations have in common.</summary>
internal static class Common
{
    public const Scopes Read = Scopes.Read | Scopes.Admin;
    public const Scopes Contribute = Scopes.Contribute | Scopes.Curate | Scopes.Admin;
    public const Scopes Curate = Scopes.Curate | Scopes.Admin;

    /// <summary>What whoever needs the engine may meet.</summary>
    public static readonly ErrorCode[] OfEngine = [ErrorCode.NotReady, ErrorCode.Busy, ErrorCode.TimedOut];
}
