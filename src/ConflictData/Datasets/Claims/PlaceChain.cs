namespace ConflictData.Datasets.Claims;

/// <summary>Places that lie in each other.</summary>
internal static class PlaceChain
{
    /// <summary>A place and those that hold it, from the inside out; a circle of places, should there be one, is left after as many steps as parts may be deep.</summary>
    /// <param name="place">The place.</param>
    /// <param name="parent">The place that a place lies in; null where it lies in none.</param>
    public static IEnumerable<string> Upwards(string place, Func<string, string?> parent)
    {
        string? at = place;
        for (var level = 0; at is not null && level < ClaimGraph.DeepestPart; level++, at = parent(at))
        {
            yield return at;
        }
    }
}
