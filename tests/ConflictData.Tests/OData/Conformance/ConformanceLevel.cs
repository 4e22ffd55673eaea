using System.Xml.Linq;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>A feed with a few records, which the lines of all levels read.</summary>
public sealed class ConformanceFeed : IAsyncLifetime
{
    internal Server Server { get; } = new();

    public ValueTask InitializeAsync()
    {
        Server.Commit(
            Record("Places", "syria", ("Name", "Syria")),
            Record("Places", "raqqa", ("Name", "ar-Raqqa"), ("OtherNames", "Rakka"), ("ParentId", "syria"), ("Latitude", 35.95)),
            Record("Places", "hasaka", ("Name", "al-Hasaka"), ("ParentId", "syria")),
            Record("Actors", "sdf", ("Name", "SDF")), Record("Actors", "is", ("Name", "IS")),
            Casualty("a", ("PlaceId", "raqqa"), ("ClaimantId", "sdf"), ("PartyId", "sdf"), ("Low", 1L), ("High", 1L), ("Note", "in the street"), ("StartDate", new DateOnly(2022, 1, 20)), ("PartOf", "b")),
            Casualty("b", ("PlaceId", "raqqa"), ("ClaimantId", "sdf"), ("Low", 7L), ("High", 9L), ("Note", "in the camp"), ("StartDate", new DateOnly(2022, 1, 26)), ("PartsComplete", true)),
            Casualty("c", ("PlaceId", "hasaka"), ("ClaimantId", "is"), ("Low", 20L), ("StartDate", new DateOnly(2021, 12, 31))));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>What the tests of the lines have in common: short ways to ask, and to say what must come.</summary>
public abstract class ConformanceLevel(ConformanceFeed feed) : IClassFixture<ConformanceFeed>
{
    private protected Server Server => feed.Server;

    private protected Task<Reply> Get(string address, params (string Name, string Value)[] headers) => Server.Get(address, headers: headers);

    /// <summary>The ids that an address gives, in its order, with blanks between.</summary>
    private protected async Task<string> Ids(string address)
    {
        var reply = await Get(address);
        Assert.True(reply.Status == 200, $"{address}: {reply.Body}");
        return string.Join(' ', reply.Ids);
    }

    /// <summary>The ids of the casualties that a filter keeps.</summary>
    private protected Task<string> Where(string filter) => Ids("Casualties?$filter=" + Uri.EscapeDataString(filter));

    /// <summary>The body of a read that succeeds, without what JSON says around it.</summary>
    private protected async Task<string> Body(string address)
    {
        var reply = await Get(address, ("Accept", "application/json;odata.metadata=none"));
        Assert.True(reply.Status == 200, $"{address}: {reply.Body}");
        return reply.Body;
    }

    private protected async Task Refused(int status, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            Assert.Equal((address, status), (address, (await Get(address)).Status));
        }
    }

    /// <summary>The model in the newest version.</summary>
    private protected async Task<XDocument> Model() => XDocument.Parse((await Get("$metadata")).Body);

    private protected async Task HasNo(params string[] elements)
    {
        var model = await Model();
        Assert.DoesNotContain(model.Descendants(), element => elements.Contains(element.Name.LocalName));
    }

    private protected async Task HasNoDerivedTypes() =>
        Assert.DoesNotContain((await Model()).Descendants().Attributes(), attribute => attribute.Name.LocalName == "BaseType");

    /// <summary>No record has a property that is a structure or a collection.</summary>
    private protected async Task HasPlainPropertiesOnly()
    {
        var properties = (await Model()).Descendants().Where(element => element.Name.LocalName == "EntityType").Elements().Where(element => element.Name.LocalName == "Property");
        Assert.All(properties, property => Assert.StartsWith("Edm.", property.Attribute("Type")!.Value, StringComparison.Ordinal));
    }

    /// <summary>No line of another level that says MUST fails.</summary>
    private protected static void Meets(string level)
    {
        Assert.NotEmpty(Line.OfLevel(level));
        Assert.DoesNotContain(Line.OfLevel(level), line => line.IsMust && !line.IsMet);
    }
}
