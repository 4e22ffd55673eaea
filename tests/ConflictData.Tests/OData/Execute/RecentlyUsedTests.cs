using ConflictData.OData;
using CsCheck;

namespace ConflictData.Tests.OData.Execute;

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
}
