using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>The two forms of the lists that this app makes of rows beside its feed.</summary>
internal enum RowForm
{
    Json,
    Csv,
}

/// <summary>Chooses between them.</summary>
internal static class RowForms
{
    /// <summary>By <c>format=</c>, else by what Accept likes better, else JSON.</summary>
    public static Result<RowForm> Choose(HttpRequest request) => request.Query["format"].ToString().ToLowerInvariant() switch
    {
        "json" => RowForm.Json,
        "csv" => RowForm.Csv,
        "" => AcceptedTypes.Prefers(request, "text/csv", "application/json") ? RowForm.Csv : RowForm.Json,
        _ => new ApiError(ErrorCode.BadRequest, "format must be json or csv.") { Target = "format" },
    };
}
