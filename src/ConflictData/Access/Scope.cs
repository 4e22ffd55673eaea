namespace ConflictData.Access;

/// <summary>What a caller may do. A caller has a set of these; <see cref="Admin"/> includes the others.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing but what is open to all.</summary>
    None = 0,

    /// <summary>Read every dataset, release and file.</summary>
    Read = 1,

    /// <summary>Submit records and change one's own.</summary>
    Contribute = 2,

    /// <summary>Change anybody's records, tag releases.</summary>
    Curate = 4,

    /// <summary>Make and revoke keys; everything else too.</summary>
    Admin = 8,

    /// <summary>All of them.</summary>
    All = Read | Contribute | Curate | Admin,
}

/// <summary>Scopes by the names that keys and roles have for them.</summary>
internal static class ScopeNames
{
    private static readonly Scopes[] Each = [Scopes.Read, Scopes.Contribute, Scopes.Curate, Scopes.Admin];

    public static IReadOnlyList<string> All { get; } = Of(Scopes.All);

    public static IReadOnlyList<string> Of(Scopes scopes) =>
        [.. Each.Where(scope => (scopes & scope) != 0).Select(scope => scope.ToString().ToLowerInvariant())];

    /// <summary>The scope of a name, letter case ignored; none where there is no such.</summary>
    public static Scopes Find(string name) =>
        Array.Find(Each, scope => scope.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Who calls.</summary>
/// <param name="KeyId">Id of the key that was shown; null for an anonymous caller.</param>
/// <param name="Owner">In whose name the key acts: submissions, idempotency and limits go by it. Empty for an anonymous caller.</param>
/// <param name="Scopes">What the caller may do.</param>
public sealed record Caller(string? KeyId, string Owner, Scopes Scopes)
{
    /// <summary>
    /// Names of the datasets that the caller may change; null = all. Reading is never restricted by dataset: records lead to each
    /// other in paths, filters and totals, so that a restriction would leak or lie.
    /// </summary>
    public IReadOnlyList<string>? Datasets { get; init; }

    public static Caller Anonymous(bool mayRead) => new(null, "", mayRead ? Scopes.Read : Scopes.None);

    /// <summary>True where the caller has one of the scopes.</summary>
    public bool MayDo(Scopes anyOf) => anyOf == Scopes.None || (Scopes & anyOf) != 0;
}
