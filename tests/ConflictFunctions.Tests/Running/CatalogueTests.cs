using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running;

/// <summary>The datasets as a DCAT catalogue.</summary>
public sealed class CatalogueTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_every_dataset_with_its_feed_and_the_files_of_the_newest_published_release()
    {
        var catalogue = await Read();
        var snapshot = JsonElement.Parse(await app.Anonymous.GetStringAsync("snapshots", Cancellation)).GetProperty("snapshots")[0];
        Assert.Equal(Catalog.Sets.Select(set => set.Name), catalogue["dcat:dataset"]!.AsArray().Select(set => (string)set!["dcterms:identifier"]!));
        foreach (var set in catalogue["dcat:dataset"]!.AsArray())
        {
            var distributions = set!["dcat:distribution"]!.AsArray();
            var described = distributions.Where(file => file!["dcat:downloadURL"] is not null)
                .Select(file => (Id(file!["dcat:downloadURL"]), (string)file!["dcat:byteSize"]!["@value"]!, (string)file["spdx:checksum"]!["spdx:checksumValue"]!["@value"]!));
            var published = snapshot.GetProperty("files").EnumerateArray().Where(file => file.GetProperty("dataset").GetString() == (string)set["dcterms:identifier"]!)
                .Select(file => (file.GetProperty("url").GetString()!, file.GetProperty("bytes").GetRawText(), file.GetProperty("sha256").GetString()!.ToLowerInvariant()));
            Assert.Equal(published, described);
            Assert.Equal($"{app.Root}/api/odata/", Id(Assert.Single(distributions, file => file!["dcat:accessService"] is not null)!["dcat:accessService"]));
            Assert.NotNull(set["dcterms:modified"]);
        }

        var gzip = catalogue["dcat:dataset"]![0]!["dcat:distribution"]!.AsArray().Single(file => file!["dcat:compressFormat"] is not null)!;
        Assert.EndsWith(".csv.gz", Id(gzip["dcat:downloadURL"]), StringComparison.Ordinal);
        Assert.Equal("https://www.iana.org/assignments/media-types/text/csv", Id(gzip["dcat:mediaType"]));
        Assert.Null(catalogue["dcterms:license"]);
    }

    [Fact]
    public async Task Every_address_of_ours_in_it_answers()
    {
        var addresses = Addresses(await Read()).Where(address => address.StartsWith(app.Root, StringComparison.Ordinal)).Distinct().ToList();
        Assert.InRange(addresses.Count, Catalog.Published.Count * 8, int.MaxValue);
        await Parallel.ForEachAsync(addresses, Cancellation, async (address, stop) =>
        {
            using var answer = await app.Anonymous.SendAsync(new(HttpMethod.Head, address), stop);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        });
    }

    [Fact]
    public async Task It_is_chosen_by_what_is_accepted_or_asked_for_and_answers_304()
    {
        using var accepted = await Ask("datasets", "application/ld+json, application/json;q=0.5");
        using var asked = await Ask("datasets?format=jsonld", "*/*");
        using var plain = await Ask("datasets", "*/*");
        using var other = await Ask("datasets?format=json", "application/ld+json");
        Assert.Equal(
            ["application/ld+json", "application/ld+json", "application/json", "application/json"],
            new[] { accepted, asked, plain, other }.Select(answer => answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Accept", accepted.Headers.Vary);
        Assert.NotEqual(accepted.Headers.ETag, plain.Headers.ETag);
        foreach (var answer in (HttpResponseMessage[])[asked, plain])
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            Assert.Equal(HttpStatusCode.NotModified, (await app.Anonymous.SendAsync(again, Cancellation)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Anonymous.GetAsync("datasets?format=xml", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("CC-BY-4.0", """{"@type":"dcterms:LicenseDocument","dcterms:identifier":"CC-BY-4.0"}""")]
    [InlineData("https://example.org/licence", """{"@id":"https://example.org/licence"}""")]
    public void A_licence_is_told_of_all_that_it_is_for(string setting, string expected)
    {
        var json = JsonNode.Parse(new DcatCatalogue(ConflictData.Query.ReleaseHistory.Empty, null, setting, new(new($"{GuardedApp.PublicUrl}/api/"))).Write().Span)!;
        var licences = ((JsonNode?[])[json, .. json["dcat:dataset"]!.AsArray(), .. json["dcat:service"]!.AsArray()]).Select(part => part!["dcterms:license"]!.ToJsonString());
        Assert.All(licences, licence => Assert.Equal(expected, licence));
        Assert.Null(json["dcterms:modified"]);
    }

    private async Task<JsonNode> Read() => JsonNode.Parse(await app.Anonymous.GetStringAsync("datasets?format=jsonld", Cancellation))!;

    private async Task<HttpResponseMessage> Ask(string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await app.Anonymous.SendAsync(request, Cancellation);
    }

    private static string Id(JsonNode? node) => (string)node!["@id"]!;

    private static IEnumerable<string> Addresses(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => member.Key == "@id" ? [(string)member.Value!] : Addresses(member.Value)),
        JsonArray list => list.SelectMany(Addresses),
        _ => [],
    };
}
