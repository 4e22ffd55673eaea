using System.Text;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>How much is checked at once.</summary>
public sealed class RowRoomTests(AzuriteFixture azurite)
{
    private const string Bad = "Id,Name,Kind\n";

    private static readonly string Many = Bad + string.Concat(Enumerable.Range(1, 3_000).Select(number => $"a{number},,armedGroup\n"));

    [Theory]
    [InlineData(true, EarlyAnswer.WhenLong)]
    [InlineData(false, EarlyAnswer.WhenLong)]
    [InlineData(false, EarlyAnswer.Never)]
    public async Task Whoever_finds_no_room_in_time_is_told_when_to_come_again_and_no_row_is_read(bool dryRun, EarlyAnswer early)
    {
        var room = new RowRoom(4, TimeSpan.FromMilliseconds(1));
        await using var app = await Start(room);
        SubmissionRequest With(SubmissionRequest request) => request with { DryRun = dryRun, EarlyAnswer = early, IdempotencyKey = "my-key" };
        using (var others = room.Enter())
        {
            Assert.True(await others.Take(4L * 1024 * 1024, TestContext.Current.CancellationToken));
            var busy = (await app.Send("Actors", Many, With)).Error;

            Assert.Equal(ErrorCode.Busy, busy?.Code);
            Assert.NotNull(busy?.RetryAfter);
            Assert.Equal(201, (await app.Send("Actors", $"{Bad}one,One,armedGroup\n", request => request with { IdempotencyKey = "my-key" })).Value?.Status);
        }

        Assert.Equal(422, (await app.Send("Actors", Many, request => With(request) with { IdempotencyKey = null })).Value?.Status);
    }

    [Fact]
    public async Task What_was_taken_is_given_back_however_it_ends()
    {
        await using var app = await Start(new RowRoom(4, TimeSpan.FromMilliseconds(1)));
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(422, (await app.Send("Actors", Many)).Value?.Status);
            Assert.Equal(200, (await app.Send("Actors", Many.Replace(",,", ",A,", StringComparison.Ordinal), request => request with { DryRun = true })).Value?.Status);
        }
    }

    [Theory]
    [InlineData("Id,Name\na,A\nb,B\nc,C\n", RowFormat.Csv, 3)]
    [InlineData("Id,Name\ra,A\rb,B\rc,C", RowFormat.Csv, 3)]
    [InlineData("{\"Id\":\"a\"}\n{\"Id\":\"b\"}", RowFormat.NdJson, 2)]
    [InlineData("[{\"Id\":\"a\"},{\"Id\":\"b\"},{\"Id\":\"c\"},{\"Id\":\"d\"}]", RowFormat.Json, 4)]
    public void Room_is_reckoned_by_rows_before_they_are_read(string text, RowFormat format, int rows)
    {
        var actors = new PayloadFile(Catalog.Get("Actors"), format, Encoding.UTF8.GetBytes(text));

        Assert.InRange(RowRoom.BytesOf([actors], int.MaxValue), rows * RowRoom.BytesOfRow, (rows + 2) * RowRoom.BytesOfRow);
        Assert.Equal(RowRoom.BytesOfRow, RowRoom.BytesOf([actors], 1));
        Assert.Equal(0, RowRoom.BytesOf([actors], 0));
    }

    private async Task<Instance> Start(RowRoom room)
    {
        var app = new Instance(azurite.ConnectionString, azurite.NewPrefix(), rows: room);
        await app.Store.EnsureCreated(TestContext.Current.CancellationToken);
        return app;
    }
}
