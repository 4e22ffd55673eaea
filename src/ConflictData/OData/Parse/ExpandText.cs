using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>What an item of $expand asks for of the records at the end of its way.</summary>
internal enum ExpandKind
{
    Records,
    References,
    Count,
}

/// <summary>An item of $expand as it was written.</summary>
/// <param name="Way">Name of the way, or * for all.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Options">What stands in its brackets; null where it has none.</param>
internal sealed record ExpandText(string Way, ExpandKind Kind, string? Options)
{
    public static Result<IReadOnlyList<ExpandText>> Read(string text)
    {
        if (PipelineText.Split(text, ',') is not { } pieces)
        {
            return Bad($"The brackets or quotes in {text} do not close.");
        }
        var items = new List<ExpandText>();
        foreach (var piece in pieces)
        {
            if (!ReadItem(piece).Succeeded(out var item, out var error))
            {
                return error;
            }
            items.Add(item);
        }
        return items;
    }

    private static Result<ExpandText> ReadItem(string piece)
    {
        var (path, options) = PipelineText.Call(piece);
        return path.Split('/') switch
        {
            [var name] when name.Contains('.', StringComparison.Ordinal) => NoType,
            [{ Length: > 0 } name] => new ExpandText(name, ExpandKind.Records, options),
            [{ Length: > 0 } name, var end] when end.Equals("$ref", StringComparison.OrdinalIgnoreCase) => new ExpandText(name, ExpandKind.References, options),
            [{ Length: > 0 } name, var end] when end.Equals("$count", StringComparison.OrdinalIgnoreCase) => new ExpandText(name, ExpandKind.Count, options),
            var segments when segments.Any(segment => segment.Contains('.', StringComparison.Ordinal)) => NoType,
            _ => Bad($"$expand names ways, each with options in brackets, /$ref or /$count behind it; found {(piece.Length == 0 ? "nothing" : piece)}. A way within a way is a $expand in its brackets."),
        };
    }

    private static ApiError NoType => ExpressionErrors.Unsupported("a type in the path") with { Target = "$expand" };

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$expand" };
}
