using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The column of an entity reference: the record's address under the root, instead of its properties.</summary>
internal static class ReferenceColumn
{
    public const string Name = "@odata.id";

    public static Column Of(Dataset dataset) => new()
    {
        Name = Name,
        Ordinal = dataset.Columns.Count,
        Type = ColumnType.String,
        Title = "Reference",
        Description = "Address of the record under the root.",
    };

    /// <summary>Ids have no character that an address would have to escape.</summary>
    public static SqlFragment Sql(Dataset dataset) => new($"('{dataset.Name}(''' || r.{EngineSchema.Quote(dataset.Columns[0].Name)} || ''')')", []);
}
