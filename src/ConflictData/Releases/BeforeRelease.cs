using System.Globalization;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>The option of lists that go back from the newest release: only what comes before one. <c>next</c> holds it.</summary>
internal static class BeforeRelease
{
    public const string Option = "before";

    /// <summary>The release; behind all of them where none is named.</summary>
    public static Result<int> Read(HttpRequest request)
    {
        var asked = request.Query[Option].ToString();
        return asked.Length == 0 ? int.MaxValue
            : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before
            : new ApiError(ErrorCode.BadRequest, $"{Option}={asked} is not the number of a release. Take the address in next as it is given.") { Target = Option };
    }
}
