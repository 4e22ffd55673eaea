namespace PowerBI.Tests.Model.Tmdl;

/// <summary>An object of a TMDL file, such as a table, with what stands below it.</summary>
/// <param name="Kind">Its keyword: table, column, measure.</param>
/// <param name="Name">Its name without quotes; empty where its kind has none.</param>
/// <param name="Place">File and line that it begins in.</param>
internal sealed record TmdlObject(string Kind, string Name, string Place)
{
    /// <summary>What its lines of three slashes say; empty where it has none.</summary>
    public string Description { get; init; } = "";

    /// <summary>What stands behind its equals sign, in one line or in those below; null where there is none.</summary>
    public string? Value { get; set; }

    /// <summary>Its properties by name. A flag that has no value is "true".</summary>
    public Dictionary<string, string> Properties { get; } = [];

    public List<TmdlObject> Children { get; } = [];

    public string? this[string property] => Properties.GetValueOrDefault(property);

    public bool Is(string flag) => Properties.GetValueOrDefault(flag) == "true";

    public IEnumerable<TmdlObject> Of(string kind) => Children.Where(child => child.Kind == kind);
}

/// <summary>Something in a TMDL file that Power BI would not load.</summary>
internal sealed class TmdlException(string place, string message) : Exception($"{place}: {message}");
