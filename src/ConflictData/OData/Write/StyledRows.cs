using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Query;
using DuckDB.NET.Native;

namespace ConflictData.OData;

/// <summary>A member of the objects.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">Index of its column in the result.</param>
/// <param name="Type">The value of its type annotation, which an object has in it; null = it has none.</param>
internal sealed record StyledField(string Name, int Column, string? Type)
{
    /// <summary>The members of an object, which is null where the column is; null for a plain value.</summary>
    public IReadOnlyList<StyledField>? Members { get; init; }

    /// <summary>The way whose links stand before the member; null = none do.</summary>
    public string? LinksOf { get; init; }
}

/// <summary>What an object says of itself.</summary>
/// <param name="Type">Its type annotation; null = it has none.</param>
/// <param name="Set">Absolute address of its entity set.</param>
/// <param name="KeyColumn">Index of its key in the result; null = it has none, and so no address.</param>
internal sealed record RecordIdentity(string? Type, string Set, int? KeyColumn)
{
    /// <summary>The ways whose links are given, beside those of members.</summary>
    public IReadOnlyList<string> Ways { get; init; } = [];
}

/// <summary>How objects are written where a client wants other than the usual.</summary>
/// <param name="LongsAsText">Whole numbers of 64 bits and more are strings.</param>
/// <param name="OmitsNulls">Members that are null are left out.</param>
internal readonly record struct JsonStyle(bool LongsAsText, bool OmitsNulls);

/// <summary>Writes rows as JSON objects in the forms that few clients ask for; <see cref="JsonRows"/> writes all others, faster.</summary>
internal sealed class StyledRows(IReadOnlyList<StyledField> fields, RecordIdentity? identity, JsonStyle style)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Member[] members = [.. fields.Select(field => new Member(field))];
    private readonly Link[] links = [.. Link.Of(identity?.Ways ?? [])];

    /// <summary>Writes rows with a comma after each but the last of the range.</summary>
    public void Write(QueryRows rows, int from, int count, IBufferWriter<byte> output) => Write(rows, from, count, output, (last, to) =>
    {
        if (!last)
        {
            to.Write(","u8);
        }
    });

    /// <summary>Writes rows as lines, each ended by a line feed.</summary>
    public void WriteLines(QueryRows rows, int from, int count, IBufferWriter<byte> output) =>
        Write(rows, from, count, output, (_, to) => to.Write("\n"u8));

    private void Write(QueryRows rows, int from, int count, IBufferWriter<byte> output, Action<bool, IBufferWriter<byte>> end)
    {
        using var json = new Utf8JsonWriter(output, Options);
        for (var row = from; row < from + count; row++)
        {
            var chunk = rows.ChunkOf(row);
            WriteObject(json, chunk, row - chunk.FirstRow);
            json.Flush();
            json.Reset();
            end(row == from + count - 1, output);
        }
    }

    private void WriteObject(Utf8JsonWriter json, QueryChunk chunk, int row)
    {
        json.WriteStartObject();
        var address = identity is null ? null : WriteIdentity(json, identity, chunk, row);
        WriteLinks(json, links, address);
        WriteMembers(json, members, chunk, row, address);
        json.WriteEndObject();
    }

    /// <summary>Writes what an object says of itself, and gives its address; null where it has none.</summary>
    private static string? WriteIdentity(Utf8JsonWriter json, RecordIdentity identity, QueryChunk chunk, int row)
    {
        if (identity.Type is not null)
        {
            json.WriteString("@odata.type", identity.Type);
        }
        var address = identity.KeyColumn is { } key ? $"{identity.Set}('{Uri.EscapeDataString((string)chunk.Vector(key).Value(row)!)}')" : null;
        json.WriteString("@odata.id", address);
        return address;
    }

    private static void WriteLinks(Utf8JsonWriter json, Link[] links, string? address)
    {
        foreach (var link in address is null ? [] : links)
        {
            json.WritePropertyName(link.Name);
            json.WriteStringValueSegment(address, isFinalSegment: false);
            json.WriteStringValueSegment(link.Behind, isFinalSegment: true);
        }
    }

    private void WriteMembers(Utf8JsonWriter json, Member[] written, QueryChunk chunk, int row, string? address)
    {
        foreach (var member in written)
        {
            WriteLinks(json, member.Links, address);
            WriteMember(json, member, chunk, row);
        }
    }

    private void WriteMember(Utf8JsonWriter json, Member member, QueryChunk chunk, int row)
    {
        var values = chunk.Vector(member.Field.Column);
        var isNull = values.IsNull(row) || (values.Type == DuckDBType.Blob && values.Utf8(row).SequenceEqual("null"u8));
        if (isNull && style.OmitsNulls)
        {
            return;
        }
        if (member.Field is { Type: { } type, Members: null } && !isNull)
        {
            json.WriteString(member.Annotation, type);
        }
        json.WritePropertyName(member.Name);
        if (isNull)
        {
            json.WriteNullValue();
        }
        else if (member.Field.Members is not null)
        {
            WriteNested(json, member, chunk, row);
        }
        else
        {
            WriteValue(json, values, row);
        }
    }

    private void WriteNested(Utf8JsonWriter json, Member member, QueryChunk chunk, int row)
    {
        json.WriteStartObject();
        if (member.Field.Type is { } type)
        {
            json.WriteString("@odata.type", type);
        }
        WriteMembers(json, member.Members, chunk, row, address: null);
        json.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter json, ColumnVector values, int row)
    {
        if (values.Type == DuckDBType.Blob)
        {
            // What is nested in a record is JSON already.
            json.WriteRawValue(values.Utf8(row), skipInputValidation: true);
            return;
        }
        switch (values.Value(row)!)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long whole when !style.LongsAsText || values.Type == DuckDBType.Integer:
                json.WriteNumberValue(whole);
                break;
            case Int128 huge when !style.LongsAsText:
                json.WriteRawValue(ValueText.Of(huge));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case var other:
                json.WriteStringValue(ValueText.Of(other));
                break;
        }
    }

    /// <summary>A field with its names encoded once for all rows.</summary>
    private sealed class Member(StyledField written)
    {
        public StyledField Field => written;

        public JsonEncodedText Name { get; } = Encoded(written.Name);

        public JsonEncodedText Annotation { get; } = Encoded(written.Name + "@odata.type");

        public Link[] Links { get; } = [.. Link.Of(written.LinksOf is { } way ? [way] : [])];

        public Member[] Members { get; } = [.. (written.Members ?? []).Select(inner => new Member(inner))];

    }

    /// <summary>An annotation with the address of a way, its name encoded once for all rows.</summary>
    private sealed record Link(JsonEncodedText Name, string Behind)
    {
        public static IEnumerable<Link> Of(IEnumerable<string> ways) => ways.SelectMany(WayLinks.Of).Select(link => new Link(Encoded(link.Name), link.Behind));
    }

    private static JsonEncodedText Encoded(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
