using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Api;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>The body of a call that tags a release.</summary>
/// <param name="Tag">The name; valid once it has been read.</param>
/// <param name="Message">Why; null where the caller did not say.</param>
internal sealed record TagRequest(string? Tag, string? Message)
{
    private const int MostBytes = 32 * 1024;

    private const string Form = "Send {\"tag\": \"2022-Q1\", \"message\": \"…\"} as application/json; the message may be left out.";

    public static async Task<Result<TagRequest>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, $"The body must be JSON. {Form}") { Target = "Content-Type" };
        }

        return await LimitedBody.Read(request.Body, MostBytes, cancellation) is { } body
            ? Parse(body)
            : new ApiError(ErrorCode.TooLarge, $"The body is larger than {MostBytes / 1024} KB. {Form}");
    }

    private static Result<TagRequest> Parse(byte[] body)
    {
        try
        {
            // From a stream, since that passes over a byte order mark.
            using var text = new MemoryStream(body, writable: false);
            return JsonSerializer.Deserialize(text, TagJson.Default.TagRequest) is { } read ? Check(read) : Bad("The body is null.", null);
        }
        catch (JsonException error)
        {
            var place = $"line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}";
            return Bad($"The body cannot be read from {place} on.", error.Path is ['$', '.', .. var member] ? member : null);
        }
    }

    private static Result<TagRequest> Check(TagRequest read) =>
        read.Tag is null ? Bad("The body names no tag.", "tag")
        : !TagName.IsValid(read.Tag) ? new ApiError(ErrorCode.BadRequest, $"This is no name for a tag. {TagName.Rule}") { Target = "tag" }
        : ChangeMessage.Problem(read.Message) is { } problem ? problem
        : read with { Message = RowCheckText.Trim(read.Message) };

    private static ApiError Bad(string what, string? target) => new(ErrorCode.BadRequest, $"{what} {Form}") { Target = target };
}

[JsonSerializable(typeof(TagRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class TagJson : JsonSerializerContext;
