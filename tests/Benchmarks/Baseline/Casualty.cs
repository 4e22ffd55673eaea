namespace Benchmarks.Baseline;

/// <summary>A casualty record as an ordinary OData service would hold it: the dataset's columns as properties.</summary>
public sealed class Casualty
{
    public required string Id { get; init; }
    public string? EventId { get; init; }
    public string? PlaceId { get; init; }
    public string? Date { get; init; }
    public DateOnly? StartDate { get; init; }
    public DateOnly? EndDate { get; init; }
    public string? DatePrecision { get; init; }
    public bool? DateApproximate { get; init; }
    public DateOnly? Month { get; init; }
    public string? PartyId { get; init; }
    public string? VictimType { get; init; }
    public string? Outcome { get; init; }
    public string? PerpetratorId { get; init; }
    public string? CountText { get; init; }
    public string? Qualifier { get; init; }
    public long? Low { get; init; }
    public long? Best { get; init; }
    public long? High { get; init; }
    public string? CountRule { get; init; }
    public string? ClaimantId { get; init; }
    public string? SourceId { get; init; }
    public string? CitedSourceId { get; init; }
    public string? SourceLocator { get; init; }
    public string? Grade { get; init; }
    public string? PartOf { get; init; }
    public string? Breakdown { get; init; }
    public bool? PartsComplete { get; init; }
    public string? ClaimGroup { get; init; }
    public bool? Additive { get; init; }
    public string? Accumulation { get; init; }
    public DateOnly? ReportedOn { get; init; }
    public string? Note { get; init; }
    public long? Release { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }
    public string? ChangeReason { get; init; }
}
