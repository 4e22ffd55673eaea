using System.Globalization;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>A way in the path of a request, from a named record over others to where it ends.</summary>
/// <param name="Start">The dataset that it starts in.</param>
/// <param name="Key">Id of the record that it starts from.</param>
/// <param name="Steps">At least one.</param>
internal sealed record RecordPath(Dataset Start, string Key, IReadOnlyList<PathStep> Steps)
{
    /// <summary>Every dataset that decides where it ends.</summary>
    public IEnumerable<Dataset> Reads => Steps.Select(step => step.Way.To).Prepend(Start);

    /// <summary>Its address under the root.</summary>
    public string Address => string.Concat(Steps.Select(step => $"/{step.Way.Name}{InBrackets(step.Key)}").Prepend(Start.Name + InBrackets(Key)));

    public static string InBrackets(string? key) =>
        key is null ? "" : string.Create(CultureInfo.InvariantCulture, $"('{Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal))}')");
}

/// <summary>A step from a record to another, or to all that refer to it.</summary>
/// <param name="Way">Where it leads.</param>
/// <param name="Key">Of many, the one that is meant; null = the one, or all.</param>
internal sealed record PathStep(Navigation Way, string? Key)
{
    public bool IsToAll => Way.ToMany && Key is null;
}
