using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ConflictFunctions.Tests.Running;

/// <summary>What Power BI's OData.Feed and Excel's Power Query send, in their order and with their headers, and what they need back.</summary>
public sealed class PowerBITests(RunningApp app)
{
    private const string Accept = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("odata")]
    [InlineData("releases/1/odata")]
    [InlineData("releases/daily/odata")]
    public async Task A_refresh_reads_the_root_the_model_and_then_its_tables(string root)
    {
        var service = await Json($"{root}/?code={app.AdminKey}");
        var context = service.GetProperty("@odata.context").GetString()!;
        Assert.Equal($"{app.Root}/api/{root}/$metadata", context);

        var model = XDocument.Parse(await Text(context + $"?code={app.AdminKey}", "application/xml"));
        Assert.Equal("4.0", model.Root!.Attribute("Version")!.Value);

        foreach (var table in service.GetProperty("value").EnumerateArray())
        {
            var (name, url) = (table.GetProperty("name").GetString()!, table.GetProperty("url").GetString()!);
            Assert.Equal("EntitySet", table.GetProperty("kind").GetString());
            Assert.Contains(model.Descendants(), element => element.Name.LocalName == "EntitySet" && element.Attribute("Name")!.Value == name);
            var preview = await Json($"{root}/{url}?$top=1000&code={app.AdminKey}");
            Assert.Equal($"{context}#{name}", preview.GetProperty("@odata.context").GetString());
            Assert.Equal(JsonValueKind.Array, preview.GetProperty("value").ValueKind);
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_the_key_and_lose_no_row()
    {
        var all = await Json("releases/1/odata/Casualties?$select=Id");
        var (ids, next) = (new List<string?>(), $"{app.Root}/api/releases/1/odata/Casualties?$select=Id&code={app.AdminKey}");
        while (next is not null)
        {
            var page = await Json(next, ("Prefer", "maxpagesize=40"));
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetString()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            Assert.True(next is null || next.StartsWith($"{app.Root}/api/releases/1/odata/Casualties?", StringComparison.Ordinal));
        }

        Assert.Equal(all.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetString()), ids);
    }

    [Theory]
    [InlineData("$filter=ModifiedAt gt 2021-02-03T04%3A05%3A06Z", true)]
    [InlineData("$filter=ModifiedAt gt 2021-02-03T04%3A05%3A06%2B01%3A00", true)]
    [InlineData("$filter=ModifiedAt%20gt%202021-02-03T04%3A05%3A06.0000000%2B01%3A00", true)]
    [InlineData("$filter=ModifiedAt%20lt%202021-02-03T04:05:06Z", false)]
    [InlineData("$filter=StartDate ge 2020-01-01 and StartDate lt 2024-01-01", true)]
    [InlineData("$filter=Outcome%20eq%20'killed'&$select=Id%2CLow%2CCountText", true)]
    [InlineData("$filter=(Outcome eq 'killed' or Outcome eq 'injured') and not (Low eq null)&$orderby=Low desc,Id&$top=10&$skip=1", true)]
    [InlineData("$filter=contains(tolower(CountText),'than')&$count=true", true)]
    public async Task Folded_queries_are_answered_as_they_are_encoded(string query, bool any)
    {
        var page = await Json($"releases/1/odata/Casualties?{query}&code={app.AdminKey}");

        Assert.Equal(any, page.GetProperty("value").GetArrayLength() > 0);
    }

    [Fact]
    public async Task The_option_OmitValues_is_met_and_said_to_be()
    {
        using var answer = await Get("releases/1/odata/Casualties", [("Prefer", "omit-values=nulls")]);
        var rows = JsonElement.Parse(await Read(answer)).GetProperty("value").EnumerateArray().ToList();

        Assert.Equal("omit-values=nulls", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        Assert.DoesNotContain(rows, row => row.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.Null));
        Assert.Contains(rows, row => !row.TryGetProperty("High", out _));
    }

    [Fact]
    public async Task A_query_too_long_for_an_address_comes_as_a_batch()
    {
        var nobodies = string.Join(',', Enumerable.Range(0, 80).Select(number => $"'nobody-of-this-name-{number}'"));
        var url = $"{app.Root}/api/releases/1/odata/Casualties?$filter=Id in ({nobodies}) or Low gt 0&$select=Id&code={app.AdminKey}";
        Assert.True(url.Length > 2048);
        var body = $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET {url.Replace(" ", "%20")} HTTP/1.1\r\nAccept: {Accept}\r\nOData-MaxVersion: 4.0\r\n\r\n\r\n--b--\r\n";
        using var content = new StringContent(body, Encoding.ASCII);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b");
        using var answer = await Get($"releases/1/odata/$batch?code={app.AdminKey}", [], content);
        var text = await Read(answer);

        Assert.Equal("multipart/mixed", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("HTTP/1.1 200 OK\r\n", text);
        Assert.Contains("OData-Version: 4.0\r\n", text);
        Assert.Contains("\"value\":[{\"Id\":", text);
    }

    [Theory]
    [InlineData("odata/Nowhere")]
    [InlineData("odata/Casualties?$filter=Nothing eq 1")]
    [InlineData("odata/Casualties?$filter=Low eq '")]
    public async Task Errors_do_not_repeat_the_key_either(string address)
    {
        using var answer = await Get($"{address}{(address.Contains('?') ? '&' : '?')}code={app.AdminKey}", []);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.Contains("\"error\":{", await Read(answer));
    }

    private async Task<JsonElement> Json(string address, params (string Name, string Value)[] headers)
    {
        using var answer = await Get(address, headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("application/json; odata.metadata=minimal", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        return JsonElement.Parse(await Read(answer));
    }

    private async Task<string> Text(string address, string type)
    {
        using var answer = await Get(address, []);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return await Read(answer);
    }

    private async Task<HttpResponseMessage> Get(string address, (string Name, string Value)[] headers, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate");
        request.Headers.TryAddWithoutValidation("User-Agent", "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)");
        request.Headers.TryAddWithoutValidation("MaxDataServiceVersion", "3.0");
        request.Headers.TryAddWithoutValidation("OData-MaxVersion", "4.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal("4.0", Assert.Single(answer.Headers.GetValues("OData-Version")));
        Assert.DoesNotContain(answer.Headers.Concat(answer.Content.Headers), header => header.Value.Any(value => value.Contains("cf_", StringComparison.Ordinal)));
        return answer;
    }

    private static async Task<string> Read(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using Stream plain = answer.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        var text = await new StreamReader(plain, Encoding.UTF8).ReadToEndAsync(Cancellation);
        Assert.DoesNotContain("cf_", text, StringComparison.Ordinal);
        return text;
    }
}
