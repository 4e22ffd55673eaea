using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("PlacId", "PlaceId")]
    [InlineData("placeid", "PlaceId")]
    [InlineData("Granularity", null)]
    [InlineData("", null)]
    [InlineData("Nota", "Note")]
    public void The_nearest_name_is_found_if_it_is_near(string word, string? nearest) =>
        Assert.Equal(nearest, NearMiss.Find(word, ["PlaceId", "EventId", "Grade", "Note"]));

    [Fact]
    public void A_word_of_any_length_is_no_trouble() =>
        Assert.Null(NearMiss.Find(new string('x', 10_000), ["PlaceId"]));
}
