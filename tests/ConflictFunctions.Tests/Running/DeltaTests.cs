using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running;

/// <summary>A client that keeps a copy up to date by delta links, while others submit.</summary>
public sealed class DeltaTests(RunningApp app)
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,Action\n";

    private readonly string id = $"test-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delta_link_brings_what_submissions_add_correct_and_retract()
    {
        var link = (await Last($"odata/Arrests?$filter=startswith(Id,'{id}')&$select=Id,CountText", "track-changes")).Link;
        Assert.StartsWith($"{app.Root}/api/odata/Arrests?", link, StringComparison.Ordinal);

        var release = await Submit("Arrests", Header + Row("1", "12") + Row("2", "more than 30") + Row("3", "3"));
        var (items, next, at) = await Last(link, "maxpagesize=2");
        Assert.Equal([$"{id}-1 12", $"{id}-2 more than 30", $"{id}-3 3"], items);
        Assert.True(at >= release);

        await Submit("Arrests", Header + Row("2", "31") + Row("3", "3", "retract"));
        (items, next, _) = await Last(next, "maxpagesize=1");
        Assert.Equal([$"{id}-2 31", $"deleted Arrests('{id}-3')"], items);
        Assert.Empty((await Last(next)).Items);
    }

    [Fact]
    public async Task A_correction_of_a_place_brings_the_records_that_it_moves_into_the_query()
    {
        await Submit("Places", $"Id,Name,Kind,ParentId,PlacePrecision\n{id},Somewhere,village,raqqa,7\n");
        await Submit("Arrests", Header + Row("1", "12").Replace(",raqqa,", $",{id},"));
        var link = (await Last($"odata/Arrests?$filter=Place/Name eq 'Elsewhere {id}'&$select=Id,CountText", "track-changes")).Link;

        await Submit("Places", $"Id,Name,Kind,ParentId,PlacePrecision\n{id},Elsewhere {id},village,raqqa,7\n");
        var (items, next, _) = await Last(link);
        Assert.Equal([$"{id}-1 12"], items);

        await Submit("Places", $"Id,Name,Kind,ParentId,PlacePrecision\n{id},Renamed again,village,raqqa,7\n");
        Assert.Equal([$"changed Arrests('{id}-1')"], (await Last(next)).Items);
    }

    private string Row(string number, string count, string action = "") => $"{id}-{number},raqqa,2022-02,arrested,{count},sdf,brief,p. 1,weak,{action}\n";

    /// <summary>All items over the pages, the delta link at their end, and the release.</summary>
    private async Task<(List<string> Items, string Link, int Release)> Last(string address, string? prefer = null)
    {
        var items = new List<string>();
        for (var next = address; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
            using var answer = await app.Anonymous.SendAsync(request, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            var page = JsonElement.Parse(text);
            items.AddRange(page.GetProperty("value").EnumerateArray().Select(Text));
            if (page.TryGetProperty("@odata.deltaLink", out var link))
            {
                return (items, link.GetString()!, int.Parse(Assert.Single(answer.Headers.GetValues("Conflict-Release"))));
            }

            next = page.GetProperty("@odata.nextLink").GetString()!;
        }
    }

    private static string Text(JsonElement item) => item.TryGetProperty("@odata.removed", out var removed)
        ? $"{removed.GetProperty("reason")} {item.GetProperty("@odata.id")}"
        : $"{item.GetProperty("Id")} {item.GetProperty("CountText")}";

    private async Task<int> Submit(string dataset, string csv)
    {
        using var answer = await app.Admin.PostAsync($"submissions/{dataset}", new StringContent(csv, new UTF8Encoding(false), new MediaTypeHeaderValue("text/csv")), Cancellation);
        var report = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, report);
        return JsonElement.Parse(report).GetProperty("release").GetInt32();
    }
}
