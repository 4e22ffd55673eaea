using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The catalogue for those who gather such; DCAT 3 says what its members mean.</summary>
internal static class DcatSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("DcatCatalogue", Object(
            "A catalogue of DCAT 3 in JSON-LD.",
            ("@context", Map(Address("A namespace."), "The namespaces of the prefixes.")),
            ("@id", Address("Its own address.")),
            ("@type", Choice(["dcat:Catalog"], "What it is.")),
            ("dcterms:title", Words()),
            ("dcterms:description", Words()),
            ("dcterms:publisher", Object("Who runs the app, by the name of its host.", ("@type", Choice(["foaf:Agent"], "What it is.")), ("foaf:name", Text("The host.")))),
            ("dcterms:modified?", Value("When the newest release was committed.")),
            ("dcterms:license?", License()),
            ("foaf:homepage", Link("The explorer.")),
            ("dcat:dataset", List(Dataset(), "The datasets and views.")),
            ("dcat:service", List(Service(), "The feed.")))),
    ];

    private static OpenApiSchema Dataset() => Object(
        "A dataset or view.",
        ("@id", Address("Its Table Schema.")),
        ("@type", Choice(["dcat:Dataset"], "What it is.")),
        ("dcterms:identifier", Text("Its name.")),
        ("dcterms:title", Words()),
        ("dcterms:description", Words()),
        ("dcterms:modified?", Value("When it was changed last.")),
        ("dcterms:license?", License()),
        ("dcat:distribution", List(Distribution(), "Its files in the newest published release, and its feed.")));

    private static OpenApiSchema Distribution() => Object(
        "A file, or the feed.",
        ("@id", Address("Its address.")),
        ("@type", Choice(["dcat:Distribution"], "What it is.")),
        ("dcterms:title", Words()),
        ("dcat:accessURL", Link("Where the newest is.")),
        ("dcat:downloadURL?", Link("Where this file is for ever.")),
        ("dcat:accessService?", Link("The feed.")),
        ("dcat:mediaType", Map(Text("A text."), "Its media type, as IANA has it or by name.")),
        ("dcat:compressFormat?", Link("How it is compressed.")),
        ("dcat:byteSize?", Value("Its length.")),
        ("spdx:checksum?", Map(Anything("A part."), "Its SHA-256.")),
        ("dcterms:license?", License()));

    private static OpenApiSchema Service() => Object(
        "The feed.",
        ("@id", Address("Its address.")),
        ("@type", Choice(["dcat:DataService"], "What it is.")),
        ("dcterms:title", Words()),
        ("dcat:endpointURL", Link("Its root.")),
        ("dcat:endpointDescription", Link("Its model.")),
        ("dcat:servesDataset", List(Link("A dataset."), "What it serves.")));

    private static OpenApiSchema Words() => Object("A text.", ("@value", Text("The text.")), ("@language", Text("Its language.")));

    private static OpenApiSchema Value(string description) => Object(description, ("@value", Text("The value.")), ("@type", Text("Its type.")));

    private static OpenApiSchema Link(string description) => Object(description, ("@id", Address("The address.")));

    private static OpenApiSchema License() => Map(Text("A text."), "The licence that the settings name: where it is, or its id.");
}
