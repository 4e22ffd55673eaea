using System.Text.Json.Serialization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>The body of a call that takes texts out of the past of a record.</summary>
/// <param name="Columns">The columns whose texts are to go.</param>
/// <param name="Releases">The releases that brought the revisions that had them; null = all but the one by which the record stands now.</param>
/// <param name="Message">Why, for everybody to read.</param>
internal sealed record RedactionRequest(string[]? Columns, int[]? Releases, string? Message)
{
    private const string Form =
        "Send {\"columns\": [\"Note\"], \"releases\": [3], \"message\": \"…\"} as application/json; without releases it is about all but the record as it stands now.";

    public static async Task<Result<RedactionRequest>> Read(HttpRequest request, Dataset dataset, CancellationToken cancellation) =>
        (await JsonBody.Read(request, RedactionRequestJson.Default.RedactionRequest, Form, cancellation)).Succeeded(out var read, out var error)
            ? read.Problem(dataset) is { } problem ? problem : read.InOrder(dataset)
            : error;

    private ApiError? Problem(Dataset dataset) =>
        Columns is null or [] || !Columns.All(name => name is not null && dataset.Find(name) is { } column && Redaction.Takes(column)) ? Bad("columns", $"columns must name some of {string.Join(", ", Redaction.ColumnsOf(dataset).Select(column => column.Name))}: what else a record has is no free text.")
        : Releases is [] ? Bad("releases", "releases must name at least one release.")
        : RowCheckText.Trim(Message) is null ? Bad("message", "message must say why; everybody can read it.")
        : ChangeMessage.Problem(Message);

    private RedactionRequest InOrder(Dataset dataset) => new(
        [.. Columns!.Select(name => dataset[name]).Distinct().OrderBy(column => column.Ordinal).Select(column => column.Name)],
        Releases is null ? null : [.. Releases.Distinct().Order()],
        RowCheckText.Trim(Message));

    private static ApiError Bad(string target, string detail) => new(ErrorCode.BadRequest, $"{detail} {Form}") { Target = target };
}

[JsonSerializable(typeof(RedactionRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class RedactionRequestJson : JsonSerializerContext;
