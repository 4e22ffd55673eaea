using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>
/// Asks as the engine of Power BI's OData.Feed and of Excel's Power Query does, header by header, and holds every answer to
/// what that engine needs: one OData-Version, a body in a form that it knows, and its key nowhere.
/// </summary>
internal sealed partial class Mashup(HttpClient http, string? key = null)
{
    public const string Accept = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";

    public const string Agent = "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The address with the key as the credential of kind Web API adds it.</summary>
    public string WithKey(string address) => key is null ? address : $"{address}{(address.Contains('?') ? '&' : '?')}code={key}";

    /// <summary>An answer of JSON with rows, or a service document.</summary>
    public async Task<JsonElement> Json(string address, params (string Name, string? Value)[] headers)
    {
        using var answer = await Get(address, headers);
        var body = await Read(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        Assert.StartsWith("application/json;odata.metadata=minimal", answer.Content.Headers.ContentType!.ToString().Replace(" ", ""), StringComparison.Ordinal);
        var json = JsonElement.Parse(body);
        Assert.True(json.TryGetProperty("@odata.context", out _));
        return json;
    }

    /// <summary>The rows of a set over all its pages; links are followed as they are, or with the key at their end.</summary>
    public async Task<List<JsonElement>> Rows(string address, string? prefer = null, int keysOnLinks = 0)
    {
        var rows = new List<JsonElement>();
        for (string? next = WithKey(address); next is not null;)
        {
            var page = await Json(next, ("Prefer", prefer));
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            for (var keys = 0; next is not null && keys < keysOnLinks; keys++)
            {
                next = WithKey(next);
            }
        }

        return rows;
    }

    public Task<HttpResponseMessage> Get(string address, params (string Name, string? Value)[] headers) => Send(HttpMethod.Get, address, null, headers);

    /// <summary>Sends what the engine sends, with the headers put in place of its own; null takes one out.</summary>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string address, HttpContent? content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        var own = new Dictionary<string, string?>
        {
            ["Accept"] = Accept,
            ["Accept-Encoding"] = "gzip, deflate",
            ["User-Agent"] = Agent,
            ["MaxDataServiceVersion"] = "3.0",
            ["OData-MaxVersion"] = "4.0",
        };
        foreach (var (name, value) in headers)
        {
            own[name] = value;
        }

        foreach (var (name, value) in own.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(own["OData-MaxVersion"] is null ? "4.01" : "4.0", Assert.Single(answer.Headers.GetValues("OData-Version")));
        Assert.DoesNotContain(answer.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(answer.Content.Headers), header => header.Value.Any(value => KeyStart().IsMatch(value)));
        return answer;
    }

    public static async Task<string> Read(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using Stream plain = answer.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        var text = await new StreamReader(plain, Encoding.UTF8).ReadToEndAsync(Cancellation);
        Assert.DoesNotMatch(KeyStart(), text);
        return text;
    }

    /// <summary>A batch of requests as the engine sends what is too long for an address.</summary>
    public static HttpContent Batch(params string[] addresses)
    {
        var parts = addresses.Select(address =>
            $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET {address} HTTP/1.1\r\nAccept: {Accept}\r\nOData-MaxVersion: 4.0\r\n\r\n\r\n");
        return new StringContent(string.Concat(parts) + "--b--\r\n", Encoding.ASCII) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b") } };
    }

    /// <summary>A key begins so; within a token the same letters come about by chance.</summary>
    [GeneratedRegex(@"(?<![\w-])cf_")]
    private static partial Regex KeyStart();
}
