namespace PowerBI.Tests.Report.Checks;

/// <summary>No claim is shown without who says so, how sure that is, and the record to look up; on a page also not without the locator.</summary>
internal static class Claims
{
    private static readonly FieldReference Claimant = new(false, "Claimant", "Claimant");
    private static readonly FieldReference Grade = new(false, "Grade", "Grade");

    public static IEnumerable<string> Find(PowerBiProject project) =>
        from page in project.Report.Pages
        from visual in page.Visuals
        let fields = visual.Fields.ToList()
        from claim in fields.Where(field => field is { IsMeasure: false, Name: "Claimed" })
        from needed in Needed(page, claim.Table)
        where !fields.Contains(needed)
        select $"{visual.Place} shows claims without the {needed}";

    /// <summary>A tooltip is too small for the locator too; the page that it belongs to has it.</summary>
    private static IEnumerable<FieldReference> Needed(ReportPage page, string table) =>
        [Claimant, Grade, new(false, table, "RecordId"), .. page.Kind == "Tooltip" ? Array.Empty<FieldReference>() : [new(false, table, "SourceLocator")]];
}
