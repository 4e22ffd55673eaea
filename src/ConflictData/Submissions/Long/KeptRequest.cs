using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Access;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>What a submission asks for, as it is kept beside its payload: with it another instance can do the work.</summary>
internal sealed record KeptRequest
{
    public required string Owner { get; init; }

    public IReadOnlyList<string>? MayChange { get; init; }

    public Scopes Scopes { get; init; }

    public string? Dataset { get; init; }

    public PayloadLimits Limits { get; init; } = PayloadLimits.Body;

    public string? IdempotencyKey { get; init; }

    public string? Mode { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public int? Base { get; init; }

    public int? MaxRetractions { get; init; }

    public static byte[] Write(SubmissionRequest request) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptRequest
        {
            Owner = request.Owner,
            MayChange = request.MayChange,
            Scopes = request.Scopes,
            Dataset = request.Dataset?.Name,
            Limits = request.Limits,
            IdempotencyKey = request.IdempotencyKey,
            Mode = request.Mode,
            Reason = request.Reason,
            Message = request.Message,
            Base = request.Base,
            MaxRetractions = request.MaxRetractions,
        },
        KeptRequestJson.Default.KeptRequest);

    /// <summary>The request as it came in, its body from the payload that was kept.</summary>
    public static SubmissionRequest Read(ReadOnlyMemory<byte> json, SubmissionPayload payload)
    {
        var kept = JsonSerializer.Deserialize(json.Span, KeptRequestJson.Default.KeptRequest)!;
        return new SubmissionRequest
        {
            Owner = kept.Owner,
            MayChange = kept.MayChange,
            Scopes = kept.Scopes,
            Dataset = kept.Dataset is null ? null : Catalog.Get(kept.Dataset),
            Limits = kept.Limits,
            IdempotencyKey = kept.IdempotencyKey,
            Mode = kept.Mode,
            Reason = kept.Reason,
            Message = kept.Message,
            Base = kept.Base,
            MaxRetractions = kept.MaxRetractions,
            ContentType = payload.ContentType,
            ContentEncoding = payload.ContentEncoding,
            ContentLength = payload.Length,
            Body = payload.Content,
        };
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptRequest))]
internal sealed partial class KeptRequestJson : JsonSerializerContext;
