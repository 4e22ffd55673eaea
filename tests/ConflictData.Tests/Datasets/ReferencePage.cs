using System.Text;
using ConflictData.Datasets;

namespace ConflictData.Tests.Datasets;

/// <summary>Writes src/ConflictData/Datasets/README.md from the Table Schemas.</summary>
internal static class ReferencePage
{
    public static string Write()
    {
        var page = new StringBuilder(Rules.ReplaceLineEndings("\n"));
        foreach (var dataset in Catalog.Sets)
        {
            if (dataset == Catalog.Views[0])
            {
                page.Append(Views.ReplaceLineEndings("\n"));
            }

            page.Append($"\n## {dataset.Name}\n\n{dataset.Description}{(dataset.Extends is { } extended ? $" Every column of {extended}, and:" : "")}\n\n");
            page.Append("| column | type | filled by | description | unit | values | refers to |\n| --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var column in dataset.Columns.Skip(dataset.Extends is { } first ? Catalog.Get(first).Columns.Count : 0))
            {
                page.Append($"| `{column.Name}` | {TypeOf(column)} | {FilledBy(column)} | {Escape(column.Description)} | {column.Unit} | {ValuesOf(column)} | {Reference(column)} |\n");
            }
        }

        return page.ToString();
    }

    private static string TypeOf(Column column) => column.Type switch
    {
        ColumnType.String when column.Allowed.Count == 0 => $"text, {column.MaxLength}",
        ColumnType.String => "word",
        _ => column.Type.ToString().ToLowerInvariant(),
    };

    private static string FilledBy(Column column) => column switch
    {
        { Role: ColumnRole.Derived } => "derived",
        { Role: ColumnRole.System } => "system",
        { Required: true } => "submitter, required",
        { Default: { } value } => $"submitter, else `{value}`",
        _ => "submitter",
    };

    private static string ValuesOf(Column column) => column switch
    {
        { Allowed.Count: > 0 } => string.Join(", ", column.Allowed.Select(value => $"`{value}`")),
        { Pattern: { } pattern } => $"`{Escape(pattern)}`",
        { Minimum: { } minimum, Maximum: { } maximum } => FormattableString.Invariant($"{minimum} to {maximum}"),
        { Minimum: { } minimum } => FormattableString.Invariant($"from {minimum}"),
        _ => "",
    };

    private static string Reference(Column column) => column.References is null ? "" : $"[{column.References}](#{column.References.ToLowerInvariant()})";

    private static string Escape(string text) => text.Replace("|", "\\|");

    private const string Rules =
        """
        # Datasets

        The reference page of the ten datasets and the views over them, made from the Table Schemas in `Schemas/` and `Views/`. Do not edit it: change a schema, or the
        rules in `tests/ConflictData.Tests/Datasets/ReferencePage.cs`, and run the tests with `UPDATE_GOLDEN=1`.

        A row of a fact dataset is one claim: one claimant, one measure, one place, one period. Spaces and line breaks at the ends of
        a cell are no part of its value; closed lists are read in any letter case. Derived columns follow from the others of the row
        and system columns from the release: both are accepted in a payload where they agree.

        ## Counts

        A count is `Low`, `Best`, `High` (null = not said), `Qualifier`, `CountText` and `CountRule`. It is **exact** (all three),
        **bounded** (`Low` or `High`, no `Best`), **about** (`Best` alone) or **unnumbered** (none). Low ≤ Best ≤ High, none negative.

        A submitter gives words, numbers, or both. The words are read by these rules, where n is a number in digits (thousands in threes,
        separated by comma, apostrophe or space) or in English words. Decimal commas and points, percentages and negative numbers are refused.

        | words | Low/Best/High | `Qualifier` | `CountRule` |
        | --- | --- | --- | --- |
        | 374, three hundred, half a million | n/n/n | `exact` | `exact` |
        | n of m, n out of m | n/n/n | `exact` | `nOfM` |
        | more than n, over n | n+1/–/– | `moreThan` | `moreThan` |
        | n+ | n+1/–/– | `moreThan` | `plus` |
        | at least n, no (not) fewer (less) than n | n/–/– | `atLeast` | `atLeast` |
        | fewer than n, less than n, under n | 0/–/n-1 | `fewerThan` | `fewerThan` |
        | at most n, no (not) more than n, up to n, as many as n; of a range its upper end | 0/–/n | `atMost` | `atMost` |
        | about, around, some, approximately, roughly, nearly, almost, close to n | –/n/– | `about` | `about` |
        | a dozen, two dozen | –/n/– | `about` | `dozen` |
        | n-m, n to m, between n and m | n/–/m | `between` | `between` |
        | several | 3/–/– | `atLeast` | `several` |
        | dozens, a few dozen, several dozen | 24/–/– | `atLeast` | `dozens` |
        | tens | 20/–/– | `atLeast` | `tens` |
        | hundreds | 200/–/– | `atLeast` | `hundreds` |
        | thousands | 2000/–/– | `atLeast` | `thousands` |
        | tens of thousands | 20000/–/– | `atLeast` | `tensOfThousands` |
        | most of n | n/2+1/–/n | `between` | `mostOf` |
        | words that none of these reads, with the `Qualifier` `vague` | –/–/– | `vague` | `vague` |
        | no words, numbers only | as given | as given, or derived | `numbers` |
        | words and other numbers than they say; `Note` says why | as given | as given, or derived | `curated` |

        A leading "only" or "just" is ignored, as is a currency (`USD`, `EUR`, `GBP`, `IQD`, `SYP`, $, €, £) before a number in digits. After the figure a noun
        phrase of at most eight words may follow ("more than 30 civilians") that holds no number and no word that could change one;
        "30 dead and 40 injured" is two claims and refused. Anything else is refused.

        From numbers alone the qualifier is derived: all three alike `exact`, `Low` alone `atLeast`, `High` alone `atMost` (`Low` becomes 0),
        `Best` alone `about`, both bounds `between`. `Best` with one bound only is refused.

        **Totals** are of one dataset and one outcome, over rows whose `Additive` is true. `Low` and `High` are summed over exact and bounded
        rows; `High` is null where one of them is open, both where there is none. `About` is the sum of `Best` over about rows,
        `Unnumbered` how many rows name no number, and `Best` is there only where every row is exact. The label says them in this order:
        `374`, `31+`, `0–9`, `≈50`, `≈80 and 0–9`, `374, 2 without a number`, `2 without a number`; no rows are `0`.

        ## Parts and claims

        - A whole and a part of it, at any depth (at most 64), with the same outcome are never both additive. A part with another outcome counts in its own.
        - Of the breakdowns of a whole at most one is additive in each outcome; parts that name no breakdown make one per outcome.
        - In a claim group at most one member is additive, itself or through its parts at any depth, whatever their outcome.
        - Per whole and breakdown, Σ `Low` of the parts ≤ `High` of the whole, and with `PartsComplete` Σ `High` of the parts ≥ `Low` of the whole.
        - `discounted` rows are never additive; `contested`, `cumulative` and `stock` rows only where that was given. Rows of Figures are not
          unless given, and never totalled.

        A row that leaves `Additive` empty is additive unless one of these rules forbids it. What is stored and what was given stands first;
        then come, in row order, rows that replace an additive one, then the others.

        ## Dates

        `Date` and `PublishedOn` take EDTF level 1; the text is kept as it is.

        | text | days | `DatePrecision` |
        | --- | --- | --- |
        | 2022-01-20 | that day | `day` |
        | 2022-01, 2022-01-XX | the month | `month` |
        | 2021, 2021-XX, 2021-XX-XX | the year | `year` |
        | 2021-21, -22, -23 | spring March to May, summer June to August, autumn September to November (northern hemisphere) | `season` |
        | 2021-24 | winter: December 2021 to February 2022 | `season` |
        | 201X, 20XX | the decade, the century | `range` |
        | 2022-01-20/2022-01-26, 2018/2021-22 | first day of the left to last day of the right | `range` |
        | 2022-01-20/.., 2022-01-20/, ../2022 | open where the side is `..` or empty | `range` |

        `?`, `~` or `%` after a date, or after either side of an interval, sets `DateApproximate`. `Month` is set only where the whole period
        lies within one month. Years run from 0001 to 9999; times of day are not kept. A count that is totalled must have a first day.

        """;

    private const string Views = """

        # Views

        Computed from the datasets at the release that is read, by the SQL beside their schemas in `Views/`. They are entity sets and
        published files like the datasets, but nothing can be submitted to them. The two that tell of tags, Releases and TotalsByTag,
        are in the feed only, where `$format=csv` gives them as files: what is published is written once, and a tag may be set later.

        """;
}
