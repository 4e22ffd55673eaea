using System.Text.Json.Serialization;
using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>
/// Texts that were taken out of the past of a record, because the law asks for it. It is a release of its own, which brings no revisions:
/// from it on every release that had the texts has <see cref="Mark"/> in their place, and nothing else of it is changed.
/// </summary>
/// <param name="Dataset">Name of the record's dataset.</param>
/// <param name="Id">The record's id, as it is stored.</param>
/// <param name="Columns">Names of the columns whose texts are gone, in the dataset's order.</param>
/// <param name="Revisions">The revisions that had a text in one of them, oldest first.</param>
public sealed record Redaction(string Dataset, string Id, IReadOnlyList<string> Columns, IReadOnlyList<RedactedRevision> Revisions)
{
    /// <summary>What stands where a text was.</summary>
    public const string Mark = "[redacted]";

    /// <summary>So many revisions fit into one row of the log.</summary>
    public const int MostRevisions = 200;

    /// <summary>The releases that brought them, oldest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Releases => [.. Revisions.Select(revision => revision.Release).Distinct()];

    /// <summary>True for a column of words that nothing else is made from: no id, reference, date, number or value of a list.</summary>
    public static bool Takes(Column column) => column is
    {
        Type: ColumnType.String, Role: ColumnRole.Given, Ordinal: > 0, References: null, Pattern: null, Allowed.Count: 0,
    } && !IsDate(column);

    /// <summary>The columns of a dataset from which texts can be taken.</summary>
    public static IEnumerable<Column> ColumnsOf(Dataset dataset) => dataset.Columns.Where(Takes);

    /// <summary>The revision with the mark in the place of the texts.</summary>
    internal Revision Apply(Revision revision)
    {
        var values = (object?[])revision.Values.Clone();
        foreach (var column in Columns.Select(name => revision.Dataset[name]))
        {
            values[column.Ordinal] = values[column.Ordinal] is null ? null : Mark;
        }

        return revision with { Values = values };
    }

    /// <summary>Dates are written as texts, but they say nothing of anybody.</summary>
    private static bool IsDate(Column column) => column.Name is "Date" or "PublishedOn";
}

/// <summary>A revision whose texts were taken away.</summary>
/// <param name="Release">The release that brought it.</param>
/// <param name="Sequence">Its sequence number in the dataset.</param>
/// <param name="Hash">SHA-256 over all that this release brought to the dataset, as it is from now on: in the place of <see cref="DatasetExtent.Hash"/>.</param>
public sealed record RedactedRevision(int Release, long Sequence, string Hash);

[JsonSerializable(typeof(Redaction))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class RedactionJson : JsonSerializerContext;
