using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConflictData.Api;

/// <summary>Writes JSON objects whose members are not known beforehand, with quotes and Arabic as they are.</summary>
internal static class JsonObjectText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with those members, as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
