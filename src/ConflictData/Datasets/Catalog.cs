using System.Collections.Frozen;

namespace ConflictData.Datasets;

/// <summary>The ten datasets, and the views over them.</summary>
public static class Catalog
{
    /// <summary>Facts first, then what they refer to: the order of service document, reference page and reports.</summary>
    private static readonly string[] Names =
    [
        "Casualties", "Arrests", "AttackCounts", "Figures", "ZoneMemberships",
        "Events", "Places", "Actors", "Zones", "Sources",
    ];

    private static readonly string[] ViewNames = ["CasualtiesWide", "ArrestsWide", "AttackCountsWide", "PlacesWide", "MonthlyTotals", "Releases", "TotalsByTag"];

    private static readonly FrozenDictionary<string, Dataset> ByName;

    static Catalog()
    {
        All = [.. Names.Select(TableSchema.ReadResource)];
        Views = [.. ViewNames.Select(TableSchema.ReadResource)];
        Sets = [.. All, .. Views];
        Published = [.. Sets.Where(set => !set.ReadsTags)];
        ByName = All.ToFrozenDictionary(dataset => dataset.Name, StringComparer.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<Dataset> All { get; }

    /// <summary>What is computed from the datasets, at any release.</summary>
    public static IReadOnlyList<Dataset> Views { get; }

    /// <summary>All that can be read: the datasets, then the views.</summary>
    public static IReadOnlyList<Dataset> Sets { get; }

    /// <summary>The sets that every release has files of.</summary>
    public static IReadOnlyList<Dataset> Published { get; }

    /// <summary>The dataset or view of that name, letter case ignored; null where there is none.</summary>
    public static Dataset? FindSet(string name) => Sets.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The dataset of that name, letter case ignored; null where there is none.</summary>
    public static Dataset? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What is wrong with datasets that a caller lists by name; null where nothing is, or there is no list.</summary>
    public static string? ProblemOf(IReadOnlyList<string?>? names) => names switch
    {
        null => null,
        [] => "datasets must list at least one; leave it out for all.",
        _ when names.Any(name => name is null || Find(name) is null) => $"One of the datasets is none; there are {string.Join(", ", Names)}.",
        _ => null,
    };

    /// <summary>The dataset of that name; a name that does not exist is a bug.</summary>
    public static Dataset Get(string name) => ByName[name];
}
