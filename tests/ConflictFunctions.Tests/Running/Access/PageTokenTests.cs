using System.Net;
using System.Text.Json;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Next links let on whoever began the read, as long as their key stands.</summary>
[Collection(nameof(GuardedApp))]
public sealed class PageTokenTests(GuardedApp guarded)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_next_link_ends_with_the_key_that_the_read_was_begun_with()
    {
        var key = await MadeKey.Make(guarded.Admin, ["read"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "releases/1/odata/Places?$select=Id");
        request.Headers.Add("x-api-key", key.Text);
        request.Headers.Add("Prefer", "maxpagesize=10");
        using var answer = await guarded.Anonymous.SendAsync(request, Cancellation);
        using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var next = page.RootElement.GetProperty("@odata.nextLink").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await guarded.Anonymous.GetAsync(next, Cancellation)).StatusCode);
        await guarded.Admin.DeleteAsync($"keys/{key.Id}", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guarded.Anonymous.GetAsync(next, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guarded.Admin.GetAsync(next, Cancellation)).StatusCode);
    }
}
