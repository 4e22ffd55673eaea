using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Snapshots;

/// <summary>A document that a release's records come from.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where it is; null where that is not known.</param>
internal sealed record PackageSource(string Title, string? Url);

/// <summary>
/// The description that goes with the files of a release: a Frictionless Data Package (version 2), with the Table Schema, the hash, the
/// length and the rows of each, the sources of the records, and the licence that the setting names.
/// </summary>
/// <param name="Release">The release.</param>
/// <param name="Sources">The documents that its records come from.</param>
/// <param name="License">Id of an open licence, or its address; empty where none is granted.</param>
internal sealed record DataPackage(Commit Release, IReadOnlyList<PackageSource> Sources, string License)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "datapackage.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The sources of a release, by Id.</summary>
    public static IReadOnlyList<PackageSource> SourcesAt(DuckDBConnection connection, int release)
    {
        var at = release.ToString(CultureInfo.InvariantCulture);
        var query = $"SELECT \"Title\", \"Url\" FROM \"Sources\" WHERE {EngineSchema.LiveAt(at)} ORDER BY \"Id\"";
        using var rows = Statement.Run(connection, new SqlQuery(query, [], QueryClass.Page));
        return [.. rows.Rows().Select(row => new PackageSource((string)row[0]!, (string?)row[1]))];
    }

    /// <summary>The description of some files, which lie beside it under their names.</summary>
    public byte[] Describe(IEnumerable<SnapshotFile> files)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
            json.WriteString("name", "conflict-data");
            json.WriteString("title", $"Curated figures on armed conflict, release {Release.Release.ToString(CultureInfo.InvariantCulture)}");
            json.WriteString("version", Release.Release.ToString(CultureInfo.InvariantCulture));
            json.WriteString("created", Release.CommittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("release", Release.Release);
            WriteLicense(json);
            WriteSources(json);
            json.WriteStartArray("resources");
            foreach (var file in files)
            {
                Write(json, file);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private void WriteLicense(Utf8JsonWriter json)
    {
        if (License.Length > 0)
        {
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            json.WriteString(License.Contains(':', StringComparison.Ordinal) ? "path" : "name", License);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    /// <summary>The standard wants at least one where there is a list.</summary>
    private void WriteSources(Utf8JsonWriter json)
    {
        if (Sources.Count == 0)
        {
            return;
        }

        json.WriteStartArray("sources");
        foreach (var source in Sources)
        {
            json.WriteStartObject();
            json.WriteString("title", source.Title);
            if (source.Url is not (null or Redaction.Mark))
            {
                json.WriteString("path", source.Url);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// The CSV has the set's own name, so that foreign keys lead there, and its Table Schema, which says of a text what it means. The
    /// other forms have the same columns, and types of their own.
    /// </summary>
    private static void Write(Utf8JsonWriter json, SnapshotFile file)
    {
        var (set, form) = (Catalog.FindSet(file.Dataset!)!, SnapshotForm.Of(file));
        json.WriteStartObject();
        json.WriteString("name", form == SnapshotForm.Csv ? set.Name : set.Name + form.Ending);
        json.WriteString("type", "table");
        json.WriteString("title", set.Title);
        json.WriteString("description", set.Description);
        json.WriteString("path", file.Name);
        json.WriteString("format", form.Format);
        json.WriteString("mediatype", form.MediaType.Split(';')[0]);
        if (form != SnapshotForm.Parquet)
        {
            json.WriteString("encoding", "utf-8");
        }

        if (form == SnapshotForm.CsvGzip)
        {
            json.WriteString("compression", "gz");
        }

        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("hash", $"sha256:{file.Sha256}");
        json.WriteNumber("rows", file.Rows);
        if (form == SnapshotForm.Csv)
        {
            json.WritePropertyName("schema");
            using var schema = JsonDocument.Parse(set.Schema);
            schema.RootElement.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
