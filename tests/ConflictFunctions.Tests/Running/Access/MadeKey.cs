using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>A key that a test made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">The whole key.</param>
/// <param name="Document">What was answered when it was made.</param>
internal sealed record MadeKey(string Id, string Text, JsonElement Document)
{
    public static async Task<MadeKey> Make(HttpClient admin, string[] scopes, string owner = "partner", string[]? datasets = null, string? expires = null)
    {
        using var answer = await admin.PostAsJsonAsync("keys", new { name = "Made by a test", owner, scopes, datasets, expires }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Read(answer);
    }

    /// <summary>The key that an answer shows.</summary>
    public static async Task<MadeKey> Read(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var root = document.RootElement.Clone();
        return new(root.GetProperty("id").GetString()!, root.GetProperty("key").GetString()!, root);
    }

    /// <summary>What is known of a key.</summary>
    public static async Task<JsonElement> Find(HttpClient admin, string id)
    {
        using var document = JsonDocument.Parse(await admin.GetStringAsync($"keys/{id}", TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Sends a request with the key.</summary>
    public async Task<HttpResponseMessage> Send(HttpClient anonymous, HttpMethod method, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("x-api-key", Text);
        return await anonymous.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status that a caller with the key gets.</summary>
    public async Task<HttpStatusCode> Get(HttpClient anonymous, string address)
    {
        using var answer = await Send(anonymous, HttpMethod.Get, address);
        return answer.StatusCode;
    }
}
