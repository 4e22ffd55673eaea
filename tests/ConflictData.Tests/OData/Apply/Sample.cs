using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Apply;

/// <summary>Six casualties, where they were counted, and who they were: what the tests of $apply are worked out for by hand.</summary>
internal static class Sample
{
    public static IReadOnlyList<Revision> Casualties { get; } =
    [
        Casualty("a", ("Outcome", "killed"), ("PartyId", "is"), ("PlaceId", "hasaka"), ("Low", 374L), ("Best", 374L), ("High", 374L), ("Additive", true), ("StartDate", new DateOnly(2022, 1, 20)), ("Note", "prison, first day")),
        Casualty("b", ("Outcome", "killed"), ("PartyId", "sdf"), ("PlaceId", "raqqa"), ("Low", 23L), ("Additive", false), ("StartDate", new DateOnly(2022, 2, 1)), ("PartOf", "d"), ("Note", "prison")),
        Casualty("c", ("Outcome", "killed"), ("PartyId", "sdf"), ("PlaceId", "raqqa"), ("Additive", true)),
        Casualty("d", ("Outcome", "killed"), ("PlaceId", "mosul"), ("Low", 31L), ("Additive", true), ("StartDate", new DateOnly(2022, 1, 1))),
        Casualty("e", ("Outcome", "injured"), ("PlaceId", "hasaka"), ("Low", 8L), ("High", 9L), ("Additive", true), ("Note", "bus")),
        Casualty("f", ("Outcome", "displaced"), ("PartyId", "sdf"), ("PlaceId", "gone"), ("Best", 50L), ("Additive", true)),
    ];

    /// <summary>Raqqa has no latitude; the place "gone", which one of the casualties names, is not there.</summary>
    public static IReadOnlyList<Revision> Related { get; } =
    [
        Record("Places", "syria", ("Name", "Syria"), ("Kind", "country"), ("CountryCode", "SY")),
        Record("Places", "hasaka", ("Name", "al-Hasaka"), ("ParentId", "syria"), ("CountryCode", "SY"), ("Latitude", 36.5)),
        Record("Places", "raqqa", ("Name", "Raqqa"), ("ParentId", "syria"), ("CountryCode", "SY")),
        Record("Places", "mosul", ("Name", "Mosul"), ("CountryCode", "IQ"), ("Latitude", 34.0)),
        Record("Actors", "sdf", ("Name", "SDF")), Record("Actors", "is", ("Name", "IS")),
    ];

    /// <summary>What a set answers to an $apply, and to options after it.</summary>
    public static Task<Reply> Apply(this Server server, string apply, string options = "", string set = "Casualties", params (string, string)[] headers) =>
        server.Get($"{set}?$apply={Uri.EscapeDataString(apply)}{options}", headers: headers);

    /// <summary>The rows without control information.</summary>
    public static async Task<string> Rows(this Server server, string apply, string options = "", string set = "Casualties")
    {
        var reply = await server.Apply(apply, options, set, ("Accept", "application/json;odata.metadata=none"));
        Assert.True(reply.Status == 200, reply.Body);
        return string.Join(' ', reply.Json["value"]!.AsArray().Select(row => row!.ToJsonString()));
    }

    /// <summary>Asserts that it is refused, and says why.</summary>
    public static async Task<string> Refused(this Server server, string apply, int status, string options = "", string set = "Casualties", string target = "$apply")
    {
        var reply = await server.Apply(apply, options, set);
        Assert.True(reply.Status == status, $"{reply.Status}: {reply.Body}");
        Assert.Equal((status == 501 ? "notSupported" : "badQuery", target), (reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
        return (string)reply.Json["error"]!["message"]!;
    }
}
