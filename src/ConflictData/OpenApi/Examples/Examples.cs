using System.Text;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.Query;
using CsvHelper;

namespace ConflictData.OpenApi;

/// <summary>
/// The examples: answers of the app with the bundled sample, kept in files beside this one. Tests compare the records with what the app
/// answers, and all of them with their schemas.
/// </summary>
internal static class Examples
{
    public const string SubmissionId = "3f6d1c0a9b5e4f7d8a2b6c1e0d9f8a7b";
    public const string KeyId = "k7m2p9qd";

    /// <summary>The start of a published file.</summary>
    public static string PublishedCsv => Read("published.csv");

    /// <summary>The JSON of that name.</summary>
    public static JsonNode Named(string name) => JsonNode.Parse(Read($"{name}.json"))!;

    /// <summary>A record of a set as the feed has it.</summary>
    public static JsonObject Row(Dataset set) => (JsonObject)Named($"records/{set.Name}");

    /// <summary>The same as an answer of its own.</summary>
    public static JsonObject Record(Dataset set) => Under($"{set.Name}/$entity", [.. Row(set).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);

    /// <summary>The same as the one record of a page.</summary>
    public static JsonObject Page(Dataset set) => Under(set.Name, KeyValuePair.Create<string, JsonNode?>("value", new JsonArray(Row(set))));

    /// <summary>The same as it was sent in: what is given and not empty.</summary>
    public static JsonObject Sent(Dataset dataset)
    {
        var row = Row(dataset);
        return new(dataset.Columns.Where(column => column.Role == ColumnRole.Given && row[column.Name] is not null)
            .Select(column => KeyValuePair.Create(column.Name, row[column.Name]?.DeepClone())));
    }

    /// <summary>The same as CSV.</summary>
    public static string SentCsv(Dataset dataset)
    {
        using var text = new MemoryStream();
        using (var csv = CsvWriter.Create(text, CsvRows.Rfc4180, leaveOpen: true))
        {
            var row = Sent(dataset);
            csv.WriteHeader(row.Select(cell => cell.Key).ToArray());
            foreach (var cell in row)
            {
                csv.WriteField(cell.Value!.ToString());
            }

            csv.EndRecord();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static JsonObject Under(string context, params KeyValuePair<string, JsonNode?>[] members) =>
        new([KeyValuePair.Create<string, JsonNode?>("@odata.context", $"{ApiDocument.Server}/odata/$metadata#{context}"), .. members]);

    private static string Read(string name)
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream($"OpenApi/{name}")
            ?? throw new InvalidOperationException($"There is no example {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
