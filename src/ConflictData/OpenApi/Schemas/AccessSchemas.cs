using ConflictData.Access;
using ConflictData.Datasets;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>Keys.</summary>
internal static class AccessSchemas
{
    /// <summary>The ids that records, and the names that owners, can have.</summary>
    public const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Key", Object(
            "A key. The key itself is in the answer that makes it, this once.",
            ("id", Text("The part of it that names it.")),
            ("key?", Pattern("^cf_", "The whole key.")),
            ("name", Text("What its makers call it.")),
            ("owner", Text("In whose name it acts.")),
            ("scopes", Scopes()),
            ("datasets", List(Text("A dataset."), "The datasets that it may change; null = all.").OrNull()),
            ("state", Choice(["valid", "expired", "revoked"], "What it is worth.")),
            ("createdAt", Instant("When it was made, UTC.")),
            ("createdBy", Text("Owner of the key that it was made with.")),
            ("expiresAt", Instant("From when on it is not valid; null where it does not expire.").OrNull()),
            ("revokedAt", Instant("When it was revoked; null where it was not.").OrNull()),
            ("revokedBy", Text("By whom.").OrNull()),
            ("lastUsedAt", Instant("When it was used last, to the hour; null where it never was.").OrNull()),
            ("replaces", Text("Id of the key that it takes the place of; null where of none.").OrNull()),
            ("replacedBy", Text("Id of the key that takes its place; null where none does.").OrNull())).Closed()),
        ("KeyList", Object(
            "Keys, in the order of their ids.",
            ("keys", List(Ref("Key"), "The keys.")),
            ("next", Address("Address of more; null where there are none.").OrNull())).Closed()),
        ("KeyRequest", Object(
            "A key that is to be made.",
            ("name", Named()),
            ("owner", Pattern(IdPattern, "In whose name it acts.")),
            ("scopes", AtLeastOne(Scopes())),
            ("datasets?", AtLeastOne(List(Choice(Catalog.All.Select(dataset => dataset.Name), "A dataset."), "The datasets that it may change; left out = all.").OrNull())),
            ("expires?", Instant("From when on it is not valid, an instant to come; left out = never.").OrNull())).Closed()),
    ];

    private static OpenApiSchema Scopes() =>
        List(Choice(ScopeNames.All, "A scope."), "What it may do: `read` everything; `contribute` records and change one's own; `curate` anybody's, and tag releases; `admin` all, and make keys.");

    private static OpenApiSchema AtLeastOne(OpenApiSchema list)
    {
        list.MinItems = 1;
        return list;
    }

    private static OpenApiSchema Named()
    {
        var name = Text("What its makers call it.");
        (name.MinLength, name.MaxLength) = (1, KeyRequest.LongestName);
        return name;
    }
}
