using System.Globalization;

namespace ConflictData.OData;

/// <summary>The values of a statement in the making. Whatever a caller wrote goes through here and never into the text.</summary>
internal sealed class SqlParameters(IEnumerable<object?> first)
{
    private readonly List<object?> values = [.. first];

    /// <summary>Keeps the value and gives the placeholder that stands for it.</summary>
    public string Add(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }

    public IReadOnlyList<object?> Snapshot() => [.. values];
}
