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
    private const string Form = "Send {\"tag\": \"2022-Q1\", \"message\": \"…\"} as application/json; the message may be left out.";

    public static async Task<Result<TagRequest>> Read(HttpRequest request, CancellationToken cancellation) =>
        (await JsonBody.Read(request, TagJson.Default.TagRequest, Form, cancellation)).Succeeded(out var read, out var error) ? Check(read) : error;

    private static Result<TagRequest> Check(TagRequest read) =>
        read.Tag is null ? new ApiError(ErrorCode.BadRequest, $"The body names no tag. {Form}") { Target = "tag" }
        : !TagName.IsValid(read.Tag) ? new ApiError(ErrorCode.BadRequest, $"This is no name for a tag. {TagName.Rule}") { Target = "tag" }
        : ChangeMessage.Problem(read.Message) is { } problem ? problem
        : read with { Message = RowCheckText.Trim(read.Message) };
}

[JsonSerializable(typeof(TagRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class TagJson : JsonSerializerContext;
