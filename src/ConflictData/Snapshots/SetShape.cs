using System.Collections.Concurrent;
using System.Security.Cryptography;
using ConflictData.Datasets;

namespace ConflictData.Snapshots;

/// <summary>
/// Names what files of a set look like: its columns, and for a view how it is computed. Where a new version of the app changes that, the
/// files of an unchanged set are written anew beside the old ones, whose releases keep them.
/// </summary>
internal static class SetShape
{
    /// <summary>To be changed with whatever code changes the bytes that the same rows give.</summary>
    private const string Writing = "1";

    private const int Digits = 8;

    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>The shape of a set.</summary>
    public static string Of(Dataset set) => Known.GetOrAdd(set.Name, _ => Hash(Of(set.IsView ? [set, .. Catalog.All] : [set], set.IsView)));

    /// <summary>The shape of a release: that of all its sets.</summary>
    public static string OfAll { get; } = Hash(Of(Catalog.Published, views: true));

    private static IEnumerable<byte[]> Of(IEnumerable<Dataset> sets, bool views) =>
        [System.Text.Encoding.UTF8.GetBytes(Writing), .. sets.Select(set => set.Schema.ToArray()), .. views ? Views() : []];

    private static IEnumerable<byte[]> Views()
    {
        var assembly = typeof(SetShape).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Views/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new MemoryStream();
            assembly.GetManifestResourceStream(name)!.CopyTo(text);
            yield return text.ToArray();
        }
    }

    private static string Hash(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }
}
