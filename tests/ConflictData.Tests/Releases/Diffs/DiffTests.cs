using System.Text.Json;
using ConflictData.Releases;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Releases.Diffs;

/// <summary>Diffs between releases, as they are answered.</summary>
public sealed class DiffTests : IAsyncLifetime
{
    private readonly DiffServer book = new();

    [Fact]
    public async Task What_was_added_changed_and_retracted_is_told_with_both_values_and_the_reason()
    {
        book.Commit(Casualty("a", ("Low", 1L), ("Note", "old")), Casualty("b"), Casualty("same"));
        book.Commit(Casualty("a", ("Low", 2L), ("Note", "old")) with { Reason = "correction" }, Retraction(Casualty("b")), Casualty("c", ("High", 9L)) with { Reason = "lateReport" });

        var diff = await book.Diff("1", "2");

        Assert.Equal("""{"dataset":"Casualties","added":1,"changed":1,"retracted":1,"totals":[]}""", diff.GetProperty("datasets")[0].GetRawText());
        var changes = diff.GetProperty("changes").EnumerateArray().Select(change => change.GetRawText()).ToArray();
        Assert.Equal("""{"dataset":"Casualties","id":"a","change":"changed","release":2,"reason":"correction","columns":{"Low":{"before":1,"after":2}}}""", changes[0]);
        Assert.StartsWith("""{"dataset":"Casualties","id":"b","change":"retracted","release":2,"reason":"retraction","columns":{"Id":{"before":"b","after":null}""", changes[1]);
        Assert.StartsWith("""{"dataset":"Casualties","id":"c","change":"added","release":2,"reason":"lateReport","columns":{"Id":{"before":null,"after":"c"}""", changes[2]);
        Assert.Equal(3, changes.Length);
        Assert.Equal(JsonValueKind.Null, diff.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task What_was_changed_and_changed_back_or_came_and_went_is_no_difference()
    {
        book.Commit(Casualty("a", ("Low", 1L)));
        book.Commit(Casualty("a", ("Low", 2L)), Casualty("gone"));
        book.Commit(Casualty("a", ("Low", 1L)), Retraction(Casualty("gone")));

        Assert.Empty((await book.Diff("1", "3")).GetProperty("changes").EnumerateArray());
        Assert.Equal(2, (await book.Diff("2", "3")).GetProperty("changes").GetArrayLength());
        Assert.Empty((await book.Diff("2", "2")).GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task Totals_that_moved_keep_their_labels_and_outcomes_apart()
    {
        book.Commit(Counted("k1", "killed", 30, null), Counted("d1", "displaced", 5, 5));
        book.Commit(Counted("k2", "killed", 4, 4), Counted("i1", "injured", 1, 1));

        var totals = (await book.Diff("1", "2")).GetProperty("datasets")[0].GetProperty("totals").EnumerateArray()
            .Select(move => $"{move.GetProperty("outcome")}: {move.GetProperty("before").GetProperty("label")} -> {move.GetProperty("after").GetProperty("label")}");

        Assert.Equal(["injured: 0 -> 1", "killed: 30+ -> 34+"], totals);
    }

    [Fact]
    public async Task As_CSV_there_is_a_line_for_each_value_and_for_each_total()
    {
        book.Commit(Counted("k1", "killed", 30, null));
        book.Commit(Counted("k1", "killed", 31, null));

        Assert.Equal(
            "Dataset,Id,Change,Release,Reason,Column,Before,After\r\nCasualties,k1,changed,2,new,Low,30,31\r\n",
            await book.Text("1", "2", "?format=csv"));
        Assert.Equal(
            "Dataset,Outcome,LowBefore,BestBefore,HighBefore,AboutBefore,UnnumberedBefore,LabelBefore,LowAfter,BestAfter,HighAfter,AboutAfter,UnnumberedAfter,LabelAfter\r\n"
            + "Casualties,killed,30,,,,0,30+,31,,,,0,31+\r\n",
            await book.Text("1", "2", "?format=csv&part=totals"));
    }

    [Fact]
    public async Task Pages_hold_every_change_once_over_all_datasets()
    {
        book.Commit(Record("Actors", "x"));
        book.Commit(Enumerable.Range(0, 1500).Select(n => Casualty($"c{n:0000}")).Concat(Enumerable.Range(0, 700).Select(n => Record("Places", $"p{n:000}"))));

        var (ids, pages) = (new List<string>(), 0);
        for (var query = ""; query is not null; pages++)
        {
            var page = await book.Diff("1", "2", query);
            ids.AddRange(page.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("id").GetString()!));
            query = page.GetProperty("next").GetString()?.Split('?') is [_, var rest] ? "?" + rest : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal(2200, ids.Distinct().Count());
        Assert.Equal(2200, ids.Count);
        Assert.Equal(2200, (await book.Text("1", "2", "?format=csv")).Split("\r\n").Count(line => line.Contains(",new,Id,,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2", "1", "", 400)]
    [InlineData("1", "9", "", 404)]
    [InlineData("1", "2", "?dataset=Nope", 400)]
    [InlineData("1", "2", "?after=x", 400)]
    [InlineData("1", "2", "?after=Nope:x", 400)]
    [InlineData("1", "2", "?format=xml", 400)]
    [InlineData("1", "2", "?part=totals", 400)]
    [InlineData("1", "2", "?format=csv&part=total", 400)]
    [InlineData("1", "2", "?datasets=Casualties", 400)]
    public async Task What_cannot_be_compared_is_refused(string from, string to, string query, int status)
    {
        book.Commit(Casualty("a"));
        book.Commit(Casualty("b"));

        Assert.Equal(status, (await book.Ask(from, to, query)).Status);
    }

    [Fact]
    public async Task The_earlier_state_and_the_diff_make_the_later_state() =>
        await Gen.Select(Histories.Any, Gen.Int[1, Histories.Releases], Gen.Int[1, Histories.Releases]).SampleAsync(
            async (history, a, b) =>
            {
                await using var made = new DiffServer();
                Array.ForEach(history, release => made.Commit(release));
                var (from, to) = (Math.Min(a, b), Math.Max(a, b));
                var state = Histories.StateAt(history, from);
                foreach (var change in (await made.Diff($"{from}", $"{to}", "?dataset=Casualties")).GetProperty("changes").EnumerateArray())
                {
                    Apply(change, state);
                }

                Assert.Equal(Histories.StateAt(history, to).OrderBy(row => row.Key), state.OrderBy(row => row.Key));
            },
            iter: 60, threads: 1);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => book.DisposeAsync();

    /// <summary>Does to a state what a change says, and fails where it does not fit.</summary>
    private static void Apply(JsonElement change, Dictionary<string, long> state)
    {
        var (id, low) = (change.GetProperty("id").GetString()!, change.GetProperty("columns").GetProperty("Low"));
        switch (change.GetProperty("change").GetString())
        {
            case "added":
                state.Add(id, low.GetProperty("after").GetInt64());
                break;
            case "changed":
                Assert.Equal(state[id], low.GetProperty("before").GetInt64());
                state[id] = low.GetProperty("after").GetInt64();
                break;
            default:
                Assert.True(state.Remove(id));
                break;
        }
    }

    private static Revision Counted(string id, string outcome, long? low, long? high) =>
        Casualty(id, ("Outcome", outcome), ("Low", low), ("High", high), ("Best", low == high ? low : null), ("Additive", true));
}
