using ConflictData.Api;
using CsCheck;

namespace ConflictData.Tests.Api;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void It_never_holds_more_than_there_is_room_for_and_knows_what_it_holds() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 120], Gen.Bool).Array[0, 200].Sample(steps =>
        {
            var kept = new RecentlyUsed<int, int>(100, (_, value) => value);
            foreach (var (key, value, isRead) in steps)
            {
                if (isRead)
                {
                    kept.TryFind(key, out _);
                }
                else
                {
                    kept.Keep(key, value);
                }
                Assert.InRange(kept.Held, 0, 100);
            }
            var found = Enumerable.Range(0, 21).Sum(key => kept.TryFind(key, out var value) ? value : 0);
            Assert.Equal(kept.Held, found);
        });

    [Fact]
    public void What_was_used_longest_ago_goes_first()
    {
        var kept = new RecentlyUsed<string, int>(3, (_, _) => 1);
        foreach (var key in new[] { "a", "b", "c" })
        {
            kept.Keep(key, 0);
        }

        kept.TryFind("a", out _);
        kept.Keep("d", 0);

        Assert.Equal([true, false, true, true], new[] { "a", "b", "c", "d" }.Select(key => kept.TryFind(key, out _)));
    }

    [Fact]
    public void What_is_larger_than_the_room_drives_nothing_out()
    {
        var kept = new RecentlyUsed<string, int>(10, (_, value) => value);
        kept.Keep("small", 10);
        kept.Keep("large", 11);

        Assert.True(kept.TryFind("small", out _));
        Assert.False(kept.TryFind("large", out _));
    }

    [Fact]
    public void What_is_replaced_counts_once_and_as_used()
    {
        List<int> dropped = [];
        var kept = new RecentlyUsed<string, int>(3, (_, _) => 1, dropped.Add);
        foreach (var (id, value) in ((string, int)[])[("a", 1), ("b", 2), ("c", 3), ("a", 4), ("d", 5), ("e", 6)])
        {
            kept.Replace(id, value);
        }

        Assert.Equal((3, true, false), (kept.Held, kept.TryFind("a", out var last), kept.TryFind("b", out _)));
        Assert.Equal(4, last);
        Assert.Equal([1, 2, 3], dropped);

        kept.Remove("a");
        kept.Remove("nobody");
        Assert.Equal((2, false), (kept.Held, kept.TryFind("a", out _)));
    }
}
