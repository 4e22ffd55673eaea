using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ConflictFunctions.Tests.Faults;

/// <summary>A submission that was acknowledged.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Release">Its release.</param>
/// <param name="Dataset">Whose records it changes.</param>
/// <param name="Changes">What it makes of which record; null = it is retracted.</param>
internal sealed record Acknowledged(string Id, int Release, string Dataset, Dictionary<string, string?> Changes);

/// <summary>
/// Somebody who sends one submission after the other about a few records of their own: changes, retractions, the whole of what they
/// have. What a record must be in the end is what was acknowledged of it last.
/// </summary>
/// <param name="name">Who it is; ids begin with it.</param>
/// <param name="dataset">Where the records are.</param>
/// <param name="key">The API key.</param>
/// <param name="partner">How they send.</param>
/// <param name="seed">What they do.</param>
internal sealed class Writer(string name, string dataset, string key, Partner partner, int seed)
{
    private const int Records = 6;

    private readonly Random chance = new(seed);
    private readonly Dictionary<string, string> live = [];
    private int sent;

    public string Dataset => dataset;

    /// <summary>The records that must be there, each with its title.</summary>
    public IReadOnlyDictionary<string, string> Live => live;

    public List<Acknowledged> Acknowledged { get; } = [];

    public async Task Work(int submissions)
    {
        for (var left = submissions; left > 0; left--)
        {
            await (chance.Next(10) switch
            {
                < 2 when live.Count > 0 => Retract(Any()),
                < 4 when live.Count > 0 => Replace(Any()),
                var other => Upsert(isPromised: other == 4),
            });
        }
    }

    private async Task Upsert(bool isPromised)
    {
        var changes = Enumerable.Range(0, chance.Next(1, 4)).Select(_ => $"{name}-{chance.Next(Records)}").Distinct().ToDictionary(id => id, _ => (string?)$"{name} {sent}");
        await Send(changes, () => Submission("", changes!, isPromised));
    }

    private Task Retract(string id) => Send(new() { [id] = null }, () => new(HttpMethod.Delete, $"datasets/{dataset}/records/{id}"));

    /// <summary>All but one, of which one is changed. Where others were faster it is made anew from what they left.</summary>
    private async Task Replace(string gone)
    {
        var whole = live.Where(record => record.Key != gone).ToDictionary(record => record.Key, record => (string?)record.Value);
        whole[$"{name}-new"] = $"{name} {sent}";
        var changes = new Dictionary<string, string?> { [$"{name}-new"] = $"{name} {sent}" };
        if (gone != $"{name}-new")
        {
            changes[gone] = null;
        }

        Outcome outcome;
        do
        {
            var newest = (await partner.Send(() => With(new(HttpMethod.Get, "releases/latest")))).Number;
            outcome = await Send(changes, () => Submission($"?mode=replace&base={newest}&maxRetractions={Records}", whole, isPromised: false));
        }
        while (outcome.Code == "baseMoved");
    }

    private async Task<Outcome> Send(Dictionary<string, string?> changes, Func<HttpRequestMessage> make)
    {
        var idempotencyKey = $"{name}-{++sent}";
        var outcome = await partner.Send(() => With(make(), idempotencyKey));
        if (outcome.Code != "baseMoved")
        {
            Assert.True(outcome.Status is HttpStatusCode.Created or HttpStatusCode.OK, outcome.Text);
            Note(new(outcome.Id, outcome.Release!.Value, dataset, changes));
        }

        return outcome;
    }

    private void Note(Acknowledged done)
    {
        Acknowledged.Add(done);
        foreach (var (id, title) in done.Changes)
        {
            if (title is null)
            {
                live.Remove(id);
            }
            else
            {
                live[id] = title;
            }
        }
    }

    private HttpRequestMessage Submission(string options, Dictionary<string, string?> rows, bool isPromised)
    {
        var csv = new StringBuilder(dataset == "Sources" ? "Id,Title,Kind\n" : "Id,Name,Kind\n");
        foreach (var (id, title) in rows)
        {
            csv.Append($"{id},{title},{(dataset == "Sources" ? "report" : "person")}\n");
        }

        var request = new HttpRequestMessage(HttpMethod.Post, $"submissions/{dataset}{options}") { Content = new StringContent(csv.ToString(), new MediaTypeHeaderValue("text/csv")) };
        if (isPromised)
        {
            request.Headers.Add("Prefer", "respond-async");
        }

        return request;
    }

    private HttpRequestMessage With(HttpRequestMessage request, string? idempotencyKey = null)
    {
        request.Headers.Add("x-api-key", key);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }

    private string Any() => live.Keys.Order().ElementAt(chance.Next(live.Count));
}
