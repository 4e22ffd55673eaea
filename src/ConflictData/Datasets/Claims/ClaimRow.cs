using System.Collections.Frozen;
using ConflictData.Datasets.Counts;
using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>What the rules of parts and claims need to know of a fact row.</summary>
public sealed record ClaimRow
{
    private static readonly FrozenSet<string> Columns = FrozenSet.ToFrozenSet(
    [
        "Id", "Outcome", "Measure", "Additive", "PartOf", "Breakdown", "PartsComplete", "ClaimGroup", "Accumulation", "Grade", "Low", "Best", "High",
        "PlaceId", "StartDate", "EndDate", "PartyId", "SuspectActorId", "PerpetratorId", "VictimType", "AttackType",
    ]);

    public required string Id { get; init; }

    /// <summary>Number of the row in the submission that is checked; null for a row that is stored and stays as it is.</summary>
    public int? Row { get; init; }

    /// <summary>What is counted: Outcome, or Measure in Figures; the same word throughout in AttackCounts.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether the row counts in totals; null where the submitter left it open.</summary>
    public bool? Additive { get; init; }

    /// <summary>True where the row replaces one that counts; if left open, it goes on counting before others are let in.</summary>
    public bool ReplacesAdditive { get; init; }

    public string? PartOf { get; init; }

    public string? Breakdown { get; init; }

    public bool PartsComplete { get; init; }

    public string? ClaimGroup { get; init; }

    public string Accumulation { get; init; } = "increment";

    public string Grade { get; init; } = "fair";

    public Count Count { get; init; }

    public string? PlaceId { get; init; }

    public DateOnly? Start { get; init; }

    public DateOnly? End { get; init; }

    /// <summary>Whose people, or who attacked: rows of two different parties are never taken for the same people.</summary>
    public string? PartyId { get; init; }

    /// <summary>VictimType or AttackType; null where it is mixed or unknown. Two different ones are never taken for the same people.</summary>
    public string? Kind { get; init; }

    /// <summary>True for the columns that <see cref="From"/> looks at.</summary>
    public static bool Reads(Column column) => Columns.Contains(column.Name);

    /// <summary>Reads a row's values.</summary>
    /// <param name="dataset">A dataset with counts.</param>
    /// <param name="values">One value a column, by ordinal.</param>
    /// <param name="row">Number of the row in the submission; null where it is stored.</param>
    /// <param name="replacesAdditive">True where the row replaces one that counts.</param>
    /// <param name="shared">Gives texts that come again as one string each; null = as they are.</param>
    internal static ClaimRow From(Dataset dataset, object?[] values, int? row, bool replacesAdditive = false, SharedTexts? shared = null)
    {
        object? Value(string column) => dataset.Find(column) is { } found ? values[found.Ordinal] : null;
        string? Text(string column) => Value(column) is string text ? shared?.Of(text) ?? text : null;

        return new()
        {
            Id = (string)values[0]!,
            Row = row,
            Outcome = Text("Outcome") ?? Text("Measure") ?? "attacks",
            Additive = (bool?)Value("Additive"),
            ReplacesAdditive = replacesAdditive,
            PartOf = Text("PartOf"),
            Breakdown = Text("Breakdown"),
            PartsComplete = (bool?)Value("PartsComplete") ?? false,
            ClaimGroup = Text("ClaimGroup"),
            Accumulation = Text("Accumulation") ?? "increment",
            Grade = Text("Grade") ?? "fair",
            Count = new((long?)Value("Low"), (long?)Value("Best"), (long?)Value("High")),
            PlaceId = Text("PlaceId"),
            Start = (DateOnly?)Value("StartDate"),
            End = (DateOnly?)Value("EndDate"),
            PartyId = Party(dataset) is { } party ? Text(party.Name) : null,
            Kind = (Text("VictimType") ?? Text("AttackType")) is var kind and not ("mixed" or "unknown") ? kind : null,
        };
    }

    /// <summary>The one column of the dataset that says whose it was. Where a row leaves it empty, no other column stands in for it.</summary>
    internal static Column? Party(Dataset dataset) => dataset.Find("PartyId") ?? dataset.Find("SuspectActorId") ?? dataset.Find("PerpetratorId");
}
