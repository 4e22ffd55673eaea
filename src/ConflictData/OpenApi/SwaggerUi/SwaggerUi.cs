using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OpenApi;

/// <summary>
/// The page on which calls can be tried: Swagger UI as its npm package has it, with a page and a start of our own. All of it lies
/// in this assembly; nothing is fetched from anywhere else, and no script stands in the page.
/// </summary>
public static class SwaggerUi
{
    /// <summary>Its style sheet has pictures in it.</summary>
    private static readonly PageFiles Page = new(
        "swagger/ui",
        " data:",
        ["swagger-ui-bundle.js", "swagger-ui.css", "start.js", "page.css", "favicon-32x32.png", "swagger-ui-bundle.js.LICENSE.txt", "LICENSE", "NOTICE"]);

    /// <inheritdoc cref="PageFiles.Names"/>
    public static IReadOnlyList<string> Files => Page.Names;

    /// <inheritdoc cref="PageFiles.MediaTypes"/>
    public static IReadOnlyList<string> MediaTypes => Page.MediaTypes;

    /// <inheritdoc cref="PageFiles.Index"/>
    public static IResult Index(ApiCall call) => Page.Index(call);

    /// <inheritdoc cref="PageFiles.File"/>
    public static IResult File(string name) => Page.File(name);
}
