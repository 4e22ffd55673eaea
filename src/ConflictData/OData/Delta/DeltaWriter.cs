using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Writes a page of changes as OData JSON: the changed rows as any other rows, then the removed ones.</summary>
internal static class DeltaWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task Write(PipeWriter output, FeedFrame frame, long? total, DeltaRows rows, RowsWriter changed, RowsWriter removed, CancellationToken cancellation)
    {
        FeedWriter.Text(output, frame.Head(total));
        await Write(output, rows.Changed, changed, cancellation);
        if (rows is { Changed: not null, Removed: not null })
        {
            FeedWriter.Text(output, ",");
        }
        await Write(output, rows.Removed, removed, cancellation);
        FeedWriter.Text(output, frame.Tail);
        await output.FlushAsync(cancellation);
    }

    private static Task Write(PipeWriter output, QueryRows? rows, RowsWriter writer, CancellationToken cancellation) =>
        rows is null ? Task.CompletedTask : FeedWriter.Rows(output, rows, 0, rows.RowCount, writer, cancellation);

    /// <summary>Writes removed rows, whose id and reason are the second and third column, in the form of the client's version (JSON 4.01, 15.3).</summary>
    public static RowsWriter Removed(ODataRequest request)
    {
        var (name, is40) = (request.Target.Dataset!.Name, request.Representation.Version == "4.0");
        var isFull = request.Representation.Form.Metadata == MetadataLevel.Full;
        // Full metadata names changed rows by their absolute addresses, and these are the same records.
        var set = isFull ? request.Call.Root + name : name;
        var context = is40 || isFull ? $"#{name}/$deletedEntity" : null;
        return (rows, from, count, output) =>
        {
            using var json = new Utf8JsonWriter(output, Options);
            for (var row = from; row < from + count; row++)
            {
                if (row > from)
                {
                    output.Write(","u8);
                }
                WriteRemoved(json, context, set + RecordPath.InBrackets((string)rows.Value(row, 1)!), (string)rows.Value(row, 2)!, is40);
                json.Flush();
                json.Reset();
            }
        };
    }

    private static void WriteRemoved(Utf8JsonWriter json, string? context, string id, string reason, bool is40)
    {
        json.WriteStartObject();
        if (context is not null)
        {
            json.WriteString("@odata.context", context);
        }
        if (is40)
        {
            json.WriteString("id", id);
            json.WriteString("reason", reason);
        }
        else
        {
            json.WriteStartObject("@odata.removed");
            json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteString("@odata.id", id);
        }
        json.WriteEndObject();
    }
}
