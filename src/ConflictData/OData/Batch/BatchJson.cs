using System.Text.Json;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Reads batches as JSON (JSON format 4.01, 19).</summary>
internal static class BatchJson
{
    public static Result<IReadOnlyList<BatchItem>> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
            {
                return Malformed("it is an object with the array requests");
            }
            var items = requests.EnumerateArray().Select(ReadItem).ToList();
            var ids = new HashSet<string>();
            return items.Contains(null) ? Malformed("each request is an object with the texts id, method and url")
                : items.FirstOrDefault(item => !ids.Add(item!.Id!)) is { } again ? Malformed($"no two requests have the same id, such as {again.Id}")
                : Unknown(items!) is { } unknown ? Malformed($"dependsOn names a request or group before it, which {unknown} is not")
                : items!;
        }
        catch (JsonException problem)
        {
            return Malformed($"it is sound JSON ({problem.Message})");
        }
    }

    private static BatchItem? ReadItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "id") is not { } id || id.Any(char.IsControl)
            || Text(item, "method") is not { } method || Text(item, "url") is not { } url)
        {
            return null;
        }
        return new BatchItem(id, method.ToUpperInvariant(), url)
        {
            Group = Text(item, "atomicityGroup"),
            DependsOn = item.TryGetProperty("dependsOn", out var on) && on.ValueKind == JsonValueKind.Array ? [.. on.EnumerateArray().Select(Scalar)] : [],
            Headers = item.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
                ? headers.EnumerateObject().DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(header => header.Name, header => Scalar(header.Value))
                : new Dictionary<string, string>(),
            Refusal = item.TryGetProperty("if", out _)
                ? new ApiError(ErrorCode.NotSupported, "This service does not support conditions on other requests of a batch.") { Target = "if" }
                : null,
        };
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string? Unknown(IReadOnlyList<BatchItem> items)
    {
        var known = new HashSet<string>();
        foreach (var item in items)
        {
            if (item.DependsOn.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                return unknown;
            }
            known.Add(item.Id!);
            _ = item.Group is null || known.Add(item.Group);
        }
        return null;
    }

    private static ApiError Malformed(string rule) => new(ErrorCode.BadRequest, $"The batch cannot be read: {rule}.") { Target = "body" };
}
