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

/// <summary>Who calls.</summary>
/// <param name="KeyId">Id of the key that was shown; null for an anonymous caller.</param>
/// <param name="Owner">In whose name the key acts: submissions, idempotency and limits go by it. Empty for an anonymous caller.</param>
/// <param name="Scopes">What the caller may do.</param>
public sealed record Caller(string? KeyId, string Owner, Scopes Scopes)
{
    public static Caller Anonymous(bool mayRead) => new(null, "", mayRead ? Scopes.Read : Scopes.None);

    /// <summary>True where the caller has one of the scopes.</summary>
    public bool MayDo(Scopes anyOf) => anyOf == Scopes.None || (Scopes & anyOf) != 0;
}
