using System.Text.Json.Nodes;
using ConflictData.Api;
using ConflictData.Submissions;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>Errors in their two shapes, and the rows of a submission that are wrong.</summary>
internal static class ErrorSchemas
{
    private const string Detail = "What happened this time and what to do about it.";
    private const string Target = "The option, header, column or part of the address that it is about.";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("ErrorCode", Choice(ErrorCode.All.Select(code => code.Name), $"Stable. {string.Join(' ', ErrorCode.All.Select(Line))}")),
        ("Problem", Object(
            "An error (RFC 9457).",
            ("type", Pattern("^urn:conflictfunctions:error:[A-Za-z]+$", "The code as a URN.")),
            ("title", Text("What the code means, the same each time.")),
            ("status", Whole("The HTTP status.", 400, 599)),
            ("code", Ref("ErrorCode")),
            ("detail", Text(Detail)),
            ("target?", Text(Target)))),
        ("ODataErrorBody", Object("What went wrong, as OData has it, with the same codes.", ("code", Ref("ErrorCode")), ("message", Text(Detail)), ("target?", Text(Target)))),
        ("RowProblem", Object(
            "An error in, or a warning about, a row of a submission.",
            ("dataset", Text("The dataset of the row.")),
            ("row", Whole("The data row, from 1; 0 where it is about the file.")),
            ("line", Whole("The physical line, from 1; 0 where it is about the file.")),
            ("column", Text("The column, where it is about one.").OrNull()),
            ("code", Choice(RowErrorCodes.Meanings.Select(code => code.Code), $"Stable. {string.Join(' ', RowErrorCodes.Meanings.Select(code => $"`{code.Code}`: {code.Meaning}"))}")),
            ("message", Text("What is wrong and how to mend it.")),
            ("value", Shortened("The value as it was sent.")))),
    ];

    /// <summary>A body of one of those errors, in one of the two shapes.</summary>
    public static OpenApiSchema Of(ErrorShape shape, IReadOnlyList<ErrorCode> codes)
    {
        var names = new OpenApiSchema { Enum = [.. codes.Select(code => (JsonNode)code.Name)] };
        var status = new OpenApiSchema { Enum = [codes[0].Status] };
        return shape == ErrorShape.OData
            ? Object("An error of the feed.", ("error", Ref("ODataErrorBody").And(Members(("code", names)))))
            : Ref("Problem").And(Members(("code", names), ("status", status)));
    }

    /// <summary>A body with that error.</summary>
    public static JsonObject Example(ErrorShape shape, ErrorCode code) => shape == ErrorShape.OData
        ? new() { ["error"] = new JsonObject { ["code"] = code.Name, ["message"] = code.Title } }
        : new()
        {
            ["type"] = $"urn:conflictfunctions:error:{code.Name}",
            ["title"] = code.Title,
            ["status"] = code.Status,
            ["code"] = code.Name,
            ["detail"] = code.Title,
        };

    /// <summary>A code with its status and meaning.</summary>
    public static string Line(ErrorCode code) => $"`{code.Name}` ({code.Status}): {code.Title}";

    private static OpenApiSchema Members(params (string Name, IOpenApiSchema Schema)[] members) =>
        new() { Properties = members.ToDictionary(member => member.Name, member => member.Schema) };

    private static OpenApiSchema Shortened(string description)
    {
        var text = Text(description).OrNull();
        text.MaxLength = SubmissionLimits.QuotedValue;
        return text;
    }
}
