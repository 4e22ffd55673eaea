namespace ConflictData.Releases;

/// <summary>Every move of every tag up to a version, and where the tags stand then. Never changes: a later state is another object.</summary>
public sealed class TagHistory
{
    private readonly Dictionary<string, TagMove> newest = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<int, string> standing;

    private TagHistory(IReadOnlyList<TagMove> moves)
    {
        Moves = moves;
        foreach (var move in moves)
        {
            newest[move.Tag] = move;
        }

        standing = newest.Values.Where(move => move.To is not null)
            .OrderBy(move => move.Tag, StringComparer.OrdinalIgnoreCase)
            .ToLookup(move => move.To!.Value, move => move.Tag);
    }

    public static TagHistory Empty { get; } = new([]);

    /// <summary>All moves; the one to version n is at index n - 1.</summary>
    public IReadOnlyList<TagMove> Moves { get; }

    public int Version => Moves.Count;

    /// <summary>The releases that have a tag, in no order.</summary>
    public IEnumerable<int> Releases => standing.Select(group => group.Key);

    /// <summary>How many tags stand.</summary>
    public int Count => standing.Sum(group => group.Count());

    /// <summary>The last move of a tag, letter case of its name ignored; null where it was never given.</summary>
    public TagMove? Find(string tag) => newest.GetValueOrDefault(tag);

    /// <summary>The tags of a release, by name.</summary>
    public IReadOnlyList<string> On(int release) => [.. standing[release]];

    /// <summary>The moves to and from a release, oldest first.</summary>
    public IReadOnlyList<TagMove> Of(int release) => [.. Moves.Where(move => move.To == release || move.From == release)];

    /// <summary>The tags as they stood at a version.</summary>
    public TagHistory At(int version) => version == Version ? this : new([.. Moves.Take(version)]);

    /// <summary>The newest release up to one that has a tag; 0 where none has.</summary>
    public int LastTagged(int upTo) => Releases.Where(release => release <= upTo).DefaultIfEmpty(0).Max();

    /// <summary>The last move that concerned a release up to one; null where none did.</summary>
    public TagMove? LastMove(int upTo) => Moves.LastOrDefault(move => move.To <= upTo || move.From <= upTo);

    /// <summary>With the moves that follow; those that are known already are passed over.</summary>
    /// <exception cref="InvalidDataException">A move is missing between them.</exception>
    public TagHistory With(IEnumerable<TagMove> next)
    {
        var moves = new List<TagMove>(Moves);
        foreach (var move in next.Where(move => move.Version > Version))
        {
            if (move.Version != moves.Count + 1)
            {
                throw new InvalidDataException($"The tags go on with version {move.Version} where {moves.Count + 1} is expected.");
            }

            moves.Add(move);
        }

        return moves.Count == Version ? this : new(moves);
    }
}
