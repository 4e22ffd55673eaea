using System.Collections.Frozen;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;

namespace ConflictData.Query;

/// <summary>
/// The SQL of the views that have rows of their own. It lies beside their schemas, and what follows from the catalogue is filled
/// in here. Those that tell of tags are table macros of the engine, with the release and the version of the tags as arguments:
/// "Releases"(42, 7); the others are kept in tables, see <see cref="ViewTableKind"/>. Like a table, a view has _seq, _from and _to.
/// </summary>
internal static class ViewSql
{
    /// <summary>The releases that the engine holds, for the view of them.</summary>
    public const string CommitsTable = "_commits";

    /// <summary>What totals group by that the datasets themselves do not have.</summary>
    private static readonly FrozenSet<string> Grouping = ["CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace", "ZoneKind"];

    private const string AtRelease = "at_release";

    public const string CreateCommits =
        $"CREATE OR REPLACE TABLE {CommitsTable} (release INTEGER NOT NULL, committed_at TIMESTAMP NOT NULL, reason VARCHAR, message VARCHAR)";

    /// <summary>The statements that make the macros, and the tables that lie between them, each after those that it uses.</summary>
    public static IEnumerable<string> CreateMacros() =>
    [
        Macro("place_chain", AtRelease, Text("place_chain")),
        Macro("place_paths", AtRelease, Text("place_paths")),
        Macro("zones_of", AtRelease, Text("zones_of")),
        Macro("totals_of", AtRelease, Filled("totals_of", AtRelease)),
        .. TagTables.Create,
        Macro("tags_at", "at_tags", Text("tags_at")),
        .. Catalog.Views.Where(view => view.ReadsTags).Select(view => Macro(EngineSchema.Quote(view.Name), $"{AtRelease}, at_tags", Query(view, AtRelease))),
    ];

    private static string Macro(string name, string arguments, string query) => $"CREATE MACRO {name}({arguments}) AS TABLE {query}";

    /// <summary>The rows of a view. They are of no dataset, and live wherever they are computed.</summary>
    public static string Query(Dataset view, string release) => $"SELECT *, 0 AS _from, {EngineSchema.Open} AS _to FROM ({Filled(view.Name, release)})";

    private static string Filled(string name, string release) => Catalog.Views
        .Where(view => view.Extends is not null)
        .Aggregate(Text(name), (text, view) => text.Replace($"{{{view.Name}}}", WideSql.Of(view, release, EngineSchema.Quote(view.Extends!), Grouping), StringComparison.Ordinal))
        .Replace("{release}", release, StringComparison.Ordinal)
        .Replace("{totals}", Join(new CountTotals("TRUE").Columns.Select(sum => $"CAST({sum.Sql} AS BIGINT) AS {EngineSchema.Quote(sum.Name)}")), StringComparison.Ordinal)
        .Replace("{label}", CountSql.Label("\"Low\"", "\"High\"", "\"About\"", "\"Unnumbered\""), StringComparison.Ordinal)
        .Replace("{changes}", string.Join(" UNION ALL ", Catalog.All.SelectMany(Changes)), StringComparison.Ordinal)
        .Replace("{moved}", Join(Catalog.All.Select(dataset => $"sum(change) FILTER (WHERE dataset = '{dataset.Name}') AS {EngineSchema.Quote(dataset.Name)}")), StringComparison.Ordinal)
        .Replace("{counts}", Join(Catalog.All.Select(dataset => $"CAST(coalesce(sum(moved.{EngineSchema.Quote(dataset.Name)}) OVER (ORDER BY commits.release), 0) AS BIGINT) AS {EngineSchema.Quote(dataset.Name)}")), StringComparison.Ordinal);

    /// <summary>How many records each release brought to a dataset and took from it.</summary>
    private static IEnumerable<string> Changes(Dataset dataset)
    {
        var from = $"FROM {EngineSchema.Quote(dataset.Name)} WHERE _to > _from";
        yield return $"SELECT '{dataset.Name}' AS dataset, _from AS release, count(*) AS change {from} GROUP BY _from";
        yield return $"SELECT '{dataset.Name}', _to, -count(*) {from} AND _to < {EngineSchema.Open} GROUP BY _to";
    }

    private static string Join(IEnumerable<string> columns) => string.Join(", ", columns);

    private static string Text(string name)
    {
        using var stream = typeof(ViewSql).Assembly.GetManifestResourceStream($"Views/{name}")
            ?? throw new InvalidOperationException($"No SQL is embedded for {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
