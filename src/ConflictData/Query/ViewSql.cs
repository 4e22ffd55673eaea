using ConflictData.Datasets;
using ConflictData.Datasets.Counts;

namespace ConflictData.Query;

/// <summary>
/// The views as table macros of the engine, each with the release as its argument: "CasualtiesWide"(42, …), and the sequence
/// numbers between which its records lie, so that a page costs no more than its rows; or the version of the tags. Like a table, a view has _seq, _from and
/// _to. Their SQL lies beside their schemas, that of the views which widen a dataset in one file; what follows from the
/// catalogue is filled in here.
/// </summary>
internal static class ViewSql
{
    /// <summary>The releases that the engine holds, for the view of them.</summary>
    public const string CommitsTable = "_commits";

    private const string Arguments = "at_release, first_seq, last_seq";

    private const string ArgumentsWithTags = "at_release, at_tags";

    public const string CreateCommits =
        $"CREATE TABLE {CommitsTable} (release INTEGER NOT NULL, committed_at TIMESTAMP NOT NULL, reason VARCHAR, message VARCHAR)";

    /// <summary>The statements that make the macros, and the tables that lie between them, each after those that it uses.</summary>
    public static IEnumerable<string> CreateMacros() =>
    [
        Macro("place_chain", "at_release", Text("place_chain")),
        Macro("place_paths", "at_release", Text("place_paths")),
        Macro("zones_of", $"facts, {Arguments}", Text("zones_of")),
        Macro("totals_of", "at_release", Filled("totals_of")),
        .. TagTables.Create,
        Macro("tags_at", "at_tags", Text("tags_at")),
        .. Catalog.Views.Select(view => Macro(EngineSchema.Quote(view.Name), view.ReadsTags ? ArgumentsWithTags : Arguments, Query(view))),
    ];

    private static string Macro(string name, string arguments, string query) => $"CREATE MACRO {name}({arguments}) AS TABLE {query}";

    /// <summary>Rows that are of no dataset's own are live wherever they are computed.</summary>
    private static string Query(Dataset view) => view.Extends is { } fact
        ? Widened(Catalog.Get(fact))
        : $"SELECT *, 0 AS _from, {EngineSchema.Open} AS _to FROM ({Filled(view.Name)})";

    /// <summary>The facts of a dataset with their place, event, actors, sources and zone in plain columns.</summary>
    private static string Widened(Dataset fact)
    {
        // The claimant stands in every one of them; who else acts or suffers differs.
        var actors = fact.Columns.Where(column => column is { References: "Actors", Name: not "ClaimantId" }).Select(column => column.Name[..^"Id".Length]).ToList();
        return Text("wide")
            .Replace("{fact}", fact.Name, StringComparison.Ordinal)
            .Replace("{actors}", Join(actors.Select(actor => $"of_{actor}.\"Name\" AS {EngineSchema.Quote(actor)}")), StringComparison.Ordinal)
            .Replace("{actor_joins}", string.Join('\n', actors.Select(ActorJoin)), StringComparison.Ordinal);
    }

    private static string ActorJoin(string actor) =>
        $"LEFT JOIN \"Actors\" AS of_{actor} ON of_{actor}.\"Id\" = fact.\"{actor}Id\" AND of_{actor}._from <= at_release AND of_{actor}._to > at_release";

    private static string Filled(string name) => Text(name)
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
