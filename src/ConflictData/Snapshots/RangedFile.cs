using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Snapshots;

/// <summary>A file that is sent in ranges. Where ASP.NET Core refuses one without a word, it is refused in ours.</summary>
internal sealed class RangedFile(IResult file) : IResult
{
    private static readonly ApiError Changed = new(
        ErrorCode.PreconditionFailed, "The file is not the one that If-Match or If-Unmodified-Since ask for. Ask without them, or see the tag of the file as it is.");

    private static readonly ApiError OutOfRange = new(
        ErrorCode.RangeNotSatisfiable, "The file has none of the bytes that Range asks for; Content-Range says how many it has.") { Target = "Range" };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var asked = httpContext.Request.Headers;
        if (IsOfOtherUnit(asked.Range.ToString()))
        {
            asked.Remove(HeaderNames.Range);
        }

        await file.ExecuteAsync(httpContext);
        var response = httpContext.Response;
        var refusal = response.StatusCode switch
        {
            StatusCodes.Status412PreconditionFailed => Changed,
            StatusCodes.Status416RangeNotSatisfiable => OutOfRange,
            _ => null,
        };
        if (refusal is not null)
        {
            response.Headers.Remove(HeaderNames.ContentDisposition);
            await new ErrorResult(refusal, ErrorShape.Problem).ExecuteAsync(httpContext);
        }
    }

    /// <summary>Ranges of what is not known here are to be passed over (RFC 9110, 14.2); ASP.NET Core takes them for bytes.</summary>
    private static bool IsOfOtherUnit(string range) => range.Length > 0 && !range.TrimStart().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);
}
