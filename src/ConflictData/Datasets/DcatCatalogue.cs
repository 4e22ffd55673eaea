using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Snapshots;

namespace ConflictData.Datasets;

/// <summary>
/// All datasets and views as a catalogue of DCAT 3 in JSON-LD, in the manner of DCAT-AP, for portals that gather such. A file is described
/// as the newest published release has it, with length and hash, at the address that keeps it; where the newest is found is its accessURL.
/// </summary>
/// <param name="history">The releases.</param>
/// <param name="published">The newest published one; null while there is none.</param>
/// <param name="license">Id of an open licence, or its address; empty where none is granted.</param>
/// <param name="links">Addresses.</param>
internal sealed class DcatCatalogue(ReleaseHistory history, SnapshotManifest? published, string license, Links links)
{
    public const string MediaType = "application/ld+json";

    private const string Iana = "https://www.iana.org/assignments/media-types/";

    private static readonly (string Prefix, string Namespace)[] Context =
    [
        ("dcat", "http://www.w3.org/ns/dcat#"), ("dcterms", "http://purl.org/dc/terms/"), ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"), ("spdx", "http://spdx.org/rdf/terms#"), ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    private Uri Feed => links.To("odata/");

    public ReadOnlyMemory<byte> Write() => JsonObjectText.Write(json =>
    {
        json.WriteStartObject("@context");
        Array.ForEach(Context, entry => json.WriteString(entry.Prefix, entry.Namespace));
        json.WriteEndObject();
        Begin(json, links.To("datasets"), "dcat:Catalog");
        Words(json, "dcterms:title", "Curated figures on armed conflict");
        Words(json, "dcterms:description", "Casualties, arrests, attacks and zones of influence, each figure with who says it and where. Every release can be read again, and never changes.");
        WritePublisher(json);
        Modified(json, history.Head?.CommittedAt);
        License(json);
        Leads(json, "foaf:homepage", links.To("explorer"));
        json.WriteStartArray("dcat:dataset");
        foreach (var set in Catalog.Sets)
        {
            Write(json, set);
        }

        json.WriteEndArray();
        json.WriteStartArray("dcat:service");
        WriteFeed(json);
        json.WriteEndArray();
    });

    private void Write(Utf8JsonWriter json, Dataset set)
    {
        json.WriteStartObject();
        Begin(json, links.To($"datasets/{set.Name}"), "dcat:Dataset");
        json.WriteString("dcterms:identifier", set.Name);
        Words(json, "dcterms:title", set.Title);
        Words(json, "dcterms:description", set.Description);
        Modified(json, history.ChangedAt(new(history.Head?.Release ?? 0, history.Tags.Version), [set]));
        License(json);
        json.WriteStartArray("dcat:distribution");
        foreach (var file in published?.Files.Where(file => file.Dataset == set.Name) ?? [])
        {
            Write(json, file, published!.Release);
        }

        WriteFeedOf(json, set);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, SnapshotFile file, int release)
    {
        var form = SnapshotForm.Of(file);
        var address = links.To($"snapshots/{release.ToString(CultureInfo.InvariantCulture)}/{file.Name}");
        json.WriteStartObject();
        Begin(json, address, "dcat:Distribution");
        Words(json, "dcterms:title", file.Name);
        Leads(json, "dcat:accessURL", links.To($"snapshots/latest/{file.Name}"));
        Leads(json, "dcat:downloadURL", address);
        Media(json, "dcat:mediaType", form == SnapshotForm.CsvGzip ? SnapshotForm.Csv.MediaType : form.MediaType);
        if (form == SnapshotForm.CsvGzip)
        {
            Media(json, "dcat:compressFormat", form.MediaType);
        }

        Typed(json, "dcat:byteSize", file.Bytes.ToString(CultureInfo.InvariantCulture), "xsd:nonNegativeInteger");
        json.WriteStartObject("spdx:checksum");
        json.WriteString("@type", "spdx:Checksum");
        Leads(json, "spdx:algorithm", new("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"));
        Typed(json, "spdx:checksumValue", file.Sha256.ToLowerInvariant(), "xsd:hexBinary");
        json.WriteEndObject();
        License(json);
        json.WriteEndObject();
    }

    private void WriteFeedOf(Utf8JsonWriter json, Dataset set)
    {
        var address = links.To($"odata/{set.Name}");
        json.WriteStartObject();
        Begin(json, address, "dcat:Distribution");
        Words(json, "dcterms:title", $"{set.Title}, as a feed");
        Leads(json, "dcat:accessURL", address);
        Leads(json, "dcat:accessService", Feed);
        Media(json, "dcat:mediaType", "application/json");
        License(json);
        json.WriteEndObject();
    }

    private void WriteFeed(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Begin(json, Feed, "dcat:DataService");
        Words(json, "dcterms:title", "OData 4.01 feed of all datasets and views");
        Leads(json, "dcat:endpointURL", Feed);
        Leads(json, "dcat:endpointDescription", links.To("odata/$metadata"));
        License(json);
        json.WriteStartArray("dcat:servesDataset");
        foreach (var set in Catalog.Sets)
        {
            Identified(json, links.To($"datasets/{set.Name}"));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Nothing is known of who runs the app but the name of its host.</summary>
    private void WritePublisher(Utf8JsonWriter json)
    {
        json.WriteStartObject("dcterms:publisher");
        json.WriteString("@type", "foaf:Agent");
        json.WriteString("foaf:name", links.Api.Host);
        json.WriteEndObject();
    }

    private void License(Utf8JsonWriter json)
    {
        if (license.Contains(':', StringComparison.Ordinal))
        {
            json.WriteStartObject("dcterms:license");
            json.WriteString("@id", license);
            json.WriteEndObject();
        }
        else if (license.Length > 0)
        {
            json.WriteStartObject("dcterms:license");
            json.WriteString("@type", "dcterms:LicenseDocument");
            json.WriteString("dcterms:identifier", license);
            json.WriteEndObject();
        }
    }

    private static void Begin(Utf8JsonWriter json, Uri id, string type)
    {
        json.WriteString("@id", id.AbsoluteUri);
        json.WriteString("@type", type);
    }

    private static void Modified(Utf8JsonWriter json, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            Typed(json, "dcterms:modified", known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), "xsd:dateTime");
        }
    }

    private static void Words(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("@value", text);
        json.WriteString("@language", "en");
        json.WriteEndObject();
    }

    private static void Typed(Utf8JsonWriter json, string name, string value, string type)
    {
        json.WriteStartObject(name);
        json.WriteString("@value", value);
        json.WriteString("@type", type);
        json.WriteEndObject();
    }

    /// <summary>A media type is what IANA has at its address; one that is not registered there has only a name.</summary>
    private static void Media(Utf8JsonWriter json, string name, string mediaType)
    {
        var plain = mediaType.Split(';')[0];
        if (!plain.Contains("/x-", StringComparison.Ordinal))
        {
            Leads(json, name, new(Iana + plain));
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("@type", "dcterms:MediaType");
        json.WriteString("rdfs:label", plain);
        json.WriteEndObject();
    }

    private static void Leads(Utf8JsonWriter json, string name, Uri address)
    {
        json.WritePropertyName(name);
        Identified(json, address);
    }

    private static void Identified(Utf8JsonWriter json, Uri address)
    {
        json.WriteStartObject();
        json.WriteString("@id", address.AbsoluteUri);
        json.WriteEndObject();
    }
}
