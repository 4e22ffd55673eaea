namespace ConflictFunctions.Tests.Running.Clients;

/// <summary>A client that the npm package odata2ts generates from $metadata, compiled with strict types.</summary>
public sealed class GeneratedClientTests(GeneratedClientTests.Client client) : ForeignClientTests(client), IClassFixture<GeneratedClientTests.Client>
{
    [Fact]
    public void It_searches_for_several_words() => Answers("foundByPhrase", """["al-hasaka-central-prison"]""");

    [Fact]
    public void It_groups() => Answers("byOutcome", """[{"Outcome": "abducted"}, {"Outcome": "displaced"}, {"Outcome": "injured"}, {"Outcome": "killed"}]""");

    [Fact]
    public void It_may_have_long_numbers_as_text()
    {
        Answers("longsAsText", """{"value": [{"Low": "374"}]}""");
        Assert.Equal("1", client["longsAsText"].GetProperty("@odata.count").GetString());
    }

    [Theory]
    [InlineData("malformed", 400)]
    [InlineData("missing", 404)]
    [InlineData("withWrongKey", 401)]
    [InlineData("written", 501)]
    [InlineData("deleted", 501)]
    public void It_gets_the_status_of_an_error(string question, int status) => Assert.Equal(status, client[question].GetProperty("status").GetInt32());

    public sealed class Client(RunningApp app) : ForeignClient(app, "odata2ts.mjs");
}
