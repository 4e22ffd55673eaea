using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Navigation;

public sealed class PathTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Casualties('A')/Place", "raqqa", "Places")]
    [InlineData("Casualties/a/place", "raqqa", "Places")]
    [InlineData("Casualties('a')/Place/Parent", "syria", "Places")]
    [InlineData("Places('raqqa')/Casualties('A')", "a", "Casualties")]
    [InlineData("Places/Syria/Children/raqqa/Casualties/b/Place/Parent", "syria", "Places")]
    public async Task A_path_leads_to_a_record_of_its_set(string path, string id, string set)
    {
        var reply = await server.Get(path);

        Assert.Equal((200, id), (reply.Status, (string)reply.Json["Id"]!));
        Assert.Equal($"{Server.Root}/$metadata#{set}/$entity", (string)reply.Json["@odata.context"]!);
    }

    [Theory]
    [InlineData("Casualties('a')/Place/Name", """{"@odata.context":"{0}/$metadata#Places('raqqa')/Name","value":"Raqqa"}""")]
    [InlineData("Casualties('a')/Place/Name/$value", "Raqqa")]
    [InlineData("Places('raqqa')/Casualties/$count", "3")]
    [InlineData("Places('raqqa')/Casualties/$count?$filter=Low gt 1", "2")]
    [InlineData("Places('syria')/Casualties/$count", "0")]
    public async Task A_path_leads_to_properties_and_counts(string path, string body) =>
        Assert.Equal(body.Replace("{0}", Server.Root, StringComparison.Ordinal), (await server.Get(path)).Body);

    [Theory]
    [InlineData("Places('raqqa')/Casualties", "a b c")]
    [InlineData("Places('RAQQA')/Casualties?$filter=Low gt 1 or Low eq 0&$select=Id", "b c")]
    [InlineData("Places('raqqa')/Casualties?$orderby=Low desc&$top=2", "c b")]
    [InlineData("Places('syria')/Children", "raqqa")]
    [InlineData("Casualties('a')/Place/Casualties", "a b c")]
    public async Task A_path_leads_to_what_refers_to_a_record(string path, string ids)
    {
        var reply = await server.Get(path);

        Assert.Equal(ids, string.Join(' ', reply.Ids));
        Assert.Contains(path.Contains("Children", StringComparison.Ordinal) ? "#Places" : "#Casualties", (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Casualties('d')/Party", 204)]
    [InlineData("Casualties('d')/Party/Name", 404)]
    [InlineData("Casualties('d')/Party/Parent", 404)]
    [InlineData("Casualties('nope')/Place", 404)]
    [InlineData("Places('nope')/Casualties", 404)]
    [InlineData("Places('nope')/Casualties/$count", 404)]
    [InlineData("Places('raqqa')/Casualties('d')", 404)]
    [InlineData("Places('raqqa')/Casualties('nope')", 404)]
    [InlineData("Places('raqqa')/Casualties/Place", 404)]
    [InlineData("Places('raqqa')/Parent/Parent/Parent/Parent/Parent/Parent", 400)]
    [InlineData("Casualties('a')/Place?$filter=Id eq 'x'", 400)]
    public async Task A_path_that_leads_nowhere_says_so(string path, int status) =>
        Assert.Equal(status, (await server.Get(path)).Status);

    [Theory]
    [InlineData("Places('raqqa')/Casualties")]
    [InlineData("Places('raqqa')/Casualties?$orderby=Low desc")]
    public async Task Its_pages_are_pinned_to_their_release(string path)
    {
        var (first, separator) = (new List<string>(), path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        var page = await server.Get($"{path}{separator}$count=true", headers: ("Prefer", "maxpagesize=2"));
        first.AddRange(page.Ids);
        server.Commit(Retraction(Casualty("b")), Retraction(Casualty("c")), Retraction(Casualty("a")));
        var last = await server.Get(page.NextLink!);

        Assert.StartsWith($"{Server.Root}/Places('raqqa')/Casualties?", page.NextLink, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], first.Concat(last.Ids).Order());
        Assert.Equal((3, 3), ((int)page.Json["@odata.count"]!, (int)last.Json["@odata.count"]!));
        Assert.Empty((await server.Get(path)).Ids);
    }

    [Fact]
    public async Task A_change_to_any_dataset_on_the_way_changes_the_tag()
    {
        var (path, filter, plain) = ("Places('raqqa')/Casualties", "Casualties?$filter=Place/Name eq 'Raqqa'", "Casualties?$filter=Low eq 1");
        var before = new[] { await Tag(path), await Tag(filter), await Tag(plain) };
        server.Commit(Record("Places", "other"));
        var after = new[] { await Tag(path), await Tag(filter), await Tag(plain) };

        Assert.Equal([true, true, false], before.Zip(after, (a, b) => a != b));
    }

    [Fact]
    public async Task The_record_that_is_referred_to_is_of_the_same_release()
    {
        server.Commit(Record("Places", "raqqa", ("Name", "ar-Raqqa"), ("ParentId", "syria")));

        foreach (var (release, name) in new[] { ("1", "Raqqa"), ("2", "ar-Raqqa") })
        {
            Assert.Equal(name, (await server.Get("Casualties('a')/Place/Name/$value", release)).Body);
            Assert.Equal(["a", "b", "c"], (await server.Get($"Casualties?$filter=Place/Name eq '{name}'", release)).Ids);
            Assert.Equal(["raqqa"], (await server.Get($"Places?$filter=Casualties/any(c: c/Place/Name eq '{name}')", release)).Ids);
        }
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "syria", ("Name", "Syria")), Record("Places", "raqqa", ("Name", "Raqqa"), ("ParentId", "syria")),
            Casualty("a", ("PlaceId", "raqqa"), ("Low", 1L)), Casualty("b", ("PlaceId", "raqqa"), ("Low", 2L)), Casualty("c", ("PlaceId", "raqqa"), ("Low", 3L)),
            Casualty("d"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string?> Tag(string address) => (await server.Get(address)).Header("ETag");
}
