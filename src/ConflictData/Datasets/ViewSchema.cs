using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConflictData.Datasets;

/// <summary>
/// The Table Schema of a view that extends a dataset: the fields of the dataset, then its own. They are no foreign keys any
/// more, since what they refer to stands beside them in plain columns.
/// </summary>
internal static class ViewSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Complete(byte[] schema)
    {
        var view = JsonNode.Parse(schema)!.AsObject();
        if ((string?)view["extends"] is not { } extended)
        {
            return schema;
        }
        var fields = JsonNode.Parse(TableSchema.ReadResource(extended).Schema.Span)!["fields"]!.AsArray();
        view["fields"] = new JsonArray([.. fields.Concat(view["fields"]!.AsArray()).Select(field => field!.DeepClone())]);
        return JsonSerializer.SerializeToUtf8Bytes(view, Indented);
    }
}
