using System.Text;
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
            return items.Contains(null) ? Malformed("each request is an object with the texts id, method and url, and where they are given the text atomicityGroup, the list of texts dependsOn and the object headers")
                : items.FirstOrDefault(item => !ids.Add(item!.Id!)) is { } again ? Malformed($"no two requests have the same id, such as {again.Id}")
                : items.FirstOrDefault(item => ids.Contains(item!.Group ?? "")) is { } both ? Malformed($"no group is named as a request is, such as {both.Group}")
                : Torn(items!) is { } torn ? Malformed($"the requests of a group stand side by side, which those of {torn} do not")
                : Unknown(items!) is { } unknown ? Malformed($"dependsOn names a request or group before it, which {unknown} is not")
                : items!;
        }
        catch (JsonException problem)
        {
            return Malformed($"it is sound JSON ({problem.Message})");
        }
        catch (InvalidOperationException)
        {
            return Malformed("its texts are sound, with no half of a character alone");
        }
    }

    private static BatchItem? ReadItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "id") is not { } id || id.Any(char.IsControl)
            || Text(item, "method") is not { } method || Text(item, "url") is not { } url
            || !IsAbsentOr(item, "atomicityGroup", JsonValueKind.String) || !IsAbsentOr(item, "headers", JsonValueKind.Object)
            || DependsOn(item) is not { } dependsOn)
        {
            return null;
        }
        return new BatchItem(id, method.ToUpperInvariant(), url)
        {
            Group = Text(item, "atomicityGroup"),
            DependsOn = dependsOn,
            Headers = item.TryGetProperty("headers", out var headers)
                ? headers.EnumerateObject().DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(header => header.Name, header => Scalar(header.Value), StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, string>(),
            Body = item.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null ? Encoding.UTF8.GetBytes(Scalar(body)) : default,
            Refusal = item.TryGetProperty("if", out _)
                ? new ApiError(ErrorCode.NotSupported, "This service does not support conditions on other requests of a batch.") { Target = "if" }
                : null,
        };
    }

    private static bool IsAbsentOr(JsonElement item, string name, JsonValueKind kind) => !item.TryGetProperty(name, out var value) || value.ValueKind == kind;

    /// <summary>The list of texts; null for anything else.</summary>
    private static string[]? DependsOn(JsonElement item) =>
        !item.TryGetProperty("dependsOn", out var on) ? []
        : on.ValueKind == JsonValueKind.Array && on.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) ? [.. on.EnumerateArray().Select(Scalar)]
        : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>A group with another request between its own; null where there is none.</summary>
    private static string? Torn(IReadOnlyList<BatchItem> items)
    {
        var begun = new HashSet<string>();
        return items.Where((item, place) => item.Group is { } group && (place == 0 || items[place - 1].Group != group) && !begun.Add(group)).FirstOrDefault()?.Group;
    }

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
