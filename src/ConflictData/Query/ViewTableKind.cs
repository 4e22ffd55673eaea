using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// Tables that views are read from, so that not every query computes what is in them. They are true at one release, and from
/// there on until the next one that touches what they are made of. Which of them are there is known only
/// when a query is run, so its SQL names them by <see cref="TableAt"/>.
/// </summary>
/// <param name="Name">What they are called.</param>
/// <param name="Reads">What they are made of.</param>
/// <param name="Tables">Their names, each with the query that gives its rows at a release.</param>
internal sealed partial record ViewTableKind(string Name, IReadOnlyList<Dataset> Reads, IReadOnlyList<(string Table, Func<string, string> Rows)> Tables)
{
    /// <summary>Places with their paths, and the zones that they lay in from day to day. A few thousand rows.</summary>
    public static readonly ViewTableKind Places = new(
        "places",
        [Catalog.Get("Places"), Catalog.Get("Zones"), Catalog.Get("ZoneMemberships")],
        [("places", release => $"FROM place_paths({release})"), ("zones", release => $"FROM zones_of({release})")]);

    private static readonly FrozenDictionary<string, ViewTableKind> ByName =
        Catalog.Views.Where(view => view is { Extends: null, ReadsTags: false }).Select(OfView).Append(Places).ToFrozenDictionary(kind => kind.Name);

    /// <summary>The table of a view that has rows of its own, in the order of their sequence numbers.</summary>
    public static ViewTableKind Of(Dataset view) => ByName[view.Name];

    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="number">What tells the tables of one release from those of another.</param>
    public static string TableName(string table, string number) => EngineSchema.Quote($"_{table}_{number}");

    /// <summary>How SQL names one of the tables, that which is true at a release: with a mark in the place of its number.</summary>
    public string TableAt(string table, string release) => TableName(table, $"@@{Name}({release})");

    /// <summary>Puts into an SQL text, in the place of each mark, the number that is given for it.</summary>
    public static string Replace(string sql, Func<ViewTableKind, int, int> number) => Marks().Replace(sql, match =>
    {
        var release = int.Parse(match.Groups["release"].ValueSpan, CultureInfo.InvariantCulture);
        return number(ByName[match.Groups["kind"].Value], release).ToString(CultureInfo.InvariantCulture);
    });

    private static ViewTableKind OfView(Dataset view) =>
        new(view.Name, [.. view.Reads.Select(Catalog.Get)], [(view.Name, release => $"FROM ({ViewSql.Query(view, release)}) ORDER BY _seq")]);

    [GeneratedRegex(@"@@(?<kind>\w+)\((?<release>\d+)\)")]
    private static partial Regex Marks();
}
