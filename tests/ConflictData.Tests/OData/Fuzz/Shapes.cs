namespace ConflictData.Tests.OData.Fuzz;

/// <summary>A way from a record to others.</summary>
/// <param name="Name">Name of the navigation property.</param>
/// <param name="To">The set it leads to.</param>
/// <param name="Column">To one: the record's own column that holds the other's id. To many: the others' column that holds the record's.</param>
internal sealed record Way(string Name, string To, string Column);

/// <summary>What of a set random queries use, by type; written down here, so that the feed's own model takes no part.</summary>
internal sealed record Shape(string Name)
{
    public required string[] Texts { get; init; }

    public string[] Numbers { get; init; } = ["Release"];

    public string[] Fractions { get; init; } = [];

    public string[] Days { get; init; } = [];

    public string[] Truths { get; init; } = [];

    /// <summary>The columns that $search looks through.</summary>
    public required string[] Searched { get; init; }

    public Way[] ToOne { get; init; } = [];

    public Way[] ToMany { get; init; } = [];
}

/// <summary>The sets that random queries go over, and how they hang together.</summary>
internal static class Shapes
{
    public static IReadOnlyDictionary<string, Shape> All { get; } = new Shape[]
    {
        new("Casualties")
        {
            Texts = ["Id", "PlaceId", "EventId", "CountText", "Note", "Outcome", "PartOf", "ChangeReason"],
            Numbers = ["Low", "High", "Release"],
            Days = ["StartDate", "EndDate"],
            Truths = ["PartsComplete", "Additive"],
            Searched = ["Date", "CountText", "SourceLocator", "Breakdown", "ClaimGroup", "Note"],
            ToOne = [new("Event", "Events", "EventId"), new("Place", "Places", "PlaceId"), new("Whole", "Casualties", "PartOf")],
            ToMany = [new("Parts", "Casualties", "PartOf")],
        },
        new("Places")
        {
            Texts = ["Id", "Name", "OtherNames", "Kind", "ParentId", "CountryCode"],
            Numbers = ["AdminLevel", "PlacePrecision"],
            Fractions = ["Latitude", "Longitude"],
            Searched = ["Name", "OtherNames", "NameArabic", "CountryCode", "Pcode", "PlaceSource"],
            ToOne = [new("Parent", "Places", "ParentId")],
            ToMany = [new("Children", "Places", "ParentId"), new("Casualties", "Casualties", "PlaceId"), new("Events", "Events", "PlaceId"), new("ZoneMemberships", "ZoneMemberships", "PlaceId")],
        },
        new("Events")
        {
            Texts = ["Id", "Name", "PlaceId", "Description", "Kind"],
            Days = ["StartDate", "EndDate"],
            Truths = ["DateApproximate"],
            Searched = ["Name", "Date", "Description"],
            ToOne = [new("Place", "Places", "PlaceId")],
            ToMany = [new("Casualties", "Casualties", "EventId")],
        },
        new("ZoneMemberships")
        {
            Texts = ["Id", "PlaceId", "Grade", "Note"],
            Days = ["ValidFrom", "ValidTo"],
            Truths = ["Recruitment", "Justice"],
            Searched = ["Date", "SourceLocator", "Note"],
            ToOne = [new("Place", "Places", "PlaceId")],
        },
    }.ToDictionary(shape => shape.Name);
}
