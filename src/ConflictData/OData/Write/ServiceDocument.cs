using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>Writes the list of entity sets.</summary>
internal static class ServiceDocument
{
    public static byte[] Write(ODataCall call, Representation representation)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (representation.ControlInformation)
            {
                writer.WriteString("@odata.context", call.Root + "$metadata");
            }
            writer.WriteStartArray("value");
            foreach (var dataset in Catalog.Sets)
            {
                WriteSet(writer, dataset);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteSet(Utf8JsonWriter writer, Dataset dataset)
    {
        writer.WriteStartObject();
        writer.WriteString("name", dataset.Name);
        writer.WriteString("title", dataset.Title);
        writer.WriteString("kind", "EntitySet");
        writer.WriteString("url", dataset.Name);
        writer.WriteEndObject();
    }
}
