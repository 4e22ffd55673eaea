namespace ConflictData.OData;

/// <summary>What full metadata says of each way of a record, whether or not it is gone: the addresses of its references and of its records (JSON 4.01, 3.1.2).</summary>
internal static class WayLinks
{
    /// <summary>The annotations by name, and what stands in each behind the address of the record.</summary>
    public static IEnumerable<(string Name, string Behind)> Of(string way) =>
        [($"{way}@odata.associationLink", $"/{way}/$ref"), ($"{way}@odata.navigationLink", $"/{way}")];
}
