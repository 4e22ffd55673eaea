using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictData.OData;

/// <summary>
/// Tells the log what Power BI and Excel keep to themselves: their reader folds a query into the address as far as it can, and where the
/// answer is an error it reads the whole set instead and goes on, so that nobody learns why a refresh has become slow.
/// </summary>
internal static class MashupWatch
{
    private const string Agent = "Microsoft.Data.Mashup";

    /// <summary>Notes that a query was refused, after which the reader will ask for more than its user meant.</summary>
    public static void Refused(ILogger log, HttpRequest request, ApiError error)
    {
        if (IsMashup(request) && request.QueryString.HasValue)
        {
            log.FoldedQueryRefused(error.Code.Name, error.Target);
        }
    }

    /// <summary>Notes that a set is read whole, with its first page.</summary>
    public static void Begun(ILogger log, HttpRequest request, PreparedRead read, ReadPoint at)
    {
        var options = read.Request.Options;
        if (read is { From: null, Request.Target: { Kind: TargetKind.Set, Via: null } target } && IsMashup(request)
            && options["filter"] is null && options["top"] is null && options["apply"] is null && options["search"] is null)
        {
            log.ReadWhole(target.Address, at.Release, options["select"] is null ? "all" : "some");
        }
    }

    private static bool IsMashup(HttpRequest request) => request.Headers.UserAgent.ToString().StartsWith(Agent, StringComparison.OrdinalIgnoreCase);
}
