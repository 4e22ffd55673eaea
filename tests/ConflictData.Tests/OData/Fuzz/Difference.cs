using System.Globalization;
using System.Text.Json;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Finds where an answer is not what it must be.</summary>
internal static class Difference
{
    /// <summary>The first difference, with the way to it; null where there is none.</summary>
    public static string? Between(JsonElement found, object? expected, string at = "") => expected switch
    {
        Row row => OfObject(found, row, at),
        IReadOnlyList<object?> list => OfList(found, list, at),
        _ => IsSame(found, expected) ? null : $"{at} is {found.GetRawText()}, not {Text(expected)}",
    };

    private static string? OfObject(JsonElement found, Row row, string at)
    {
        if (found.ValueKind != JsonValueKind.Object)
        {
            return $"{at} is {found.GetRawText()}, not a record";
        }
        var members = found.EnumerateObject().Where(member => member.Name != "@odata.context").ToList();
        var (names, wanted) = (string.Join(',', members.Select(member => member.Name)), string.Join(',', row.Members.Select(member => member.Name)));
        return names != wanted
            ? $"{at} has {names}, not {wanted}"
            : members.Zip(row.Members).Select(pair => Between(pair.First.Value, pair.Second.Value, $"{at}/{pair.First.Name}")).FirstOrDefault(difference => difference is not null);
    }

    private static string? OfList(JsonElement found, IReadOnlyList<object?> list, string at)
    {
        if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() != list.Count)
        {
            return $"{at} is {found.GetRawText()}, not a list of {list.Count}: {string.Join(' ', list.Select(Text))}";
        }
        return found.EnumerateArray().Zip(list).Select((pair, index) => Between(pair.First, pair.Second, $"{at}[{index}]")).FirstOrDefault(difference => difference is not null);
    }

    private static bool IsSame(JsonElement found, object? expected) => (expected, found.ValueKind) switch
    {
        (null, JsonValueKind.Null) => true,
        (string text, JsonValueKind.String) => found.GetString() == text,
        (bool truth, JsonValueKind.True or JsonValueKind.False) => found.GetBoolean() == truth,
        (long number, JsonValueKind.Number) => found.TryGetInt64(out var value) && value == number,
        (double number, JsonValueKind.Number) => found.GetDouble().Equals(number) || (found.GetDouble() == 0 && number == 0),
        (DateOnly day, JsonValueKind.String) => found.GetString() == day.ToString("O", CultureInfo.InvariantCulture),
        (DateTimeOffset instant, JsonValueKind.String) => found.GetString()!.EndsWith('Z') && found.GetDateTimeOffset() == instant,
        _ => false,
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        Row row => $"{{{string.Join(',', row.Members.Take(2).Select(member => Text(member.Value)))}}}",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
