using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">The dataset whose revisions it has, or <see cref="CheckpointManifest.Commits"/>.</param>
/// <param name="Blob">Where it lies.</param>
/// <param name="Rows">How many it has.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
public sealed record CheckpointFile(string Name, string Blob, long Rows, long Bytes, string Sha256);

/// <summary>All revisions up to a release, in files; it exists only when all of them do and were read back, and is never changed.</summary>
/// <param name="Schema">The columns that the files have, see <see cref="CurrentSchema"/>.</param>
/// <param name="DuckDb">The version of DuckDB that wrote them.</param>
/// <param name="Release">The release.</param>
/// <param name="Files">One a dataset, and the commits.</param>
public sealed record CheckpointManifest(string Schema, string DuckDb, int Release, IReadOnlyList<CheckpointFile> Files)
{
    /// <summary>Name of the file that has the commits, as JSON.</summary>
    public const string Commits = "commits";

    /// <summary>To be changed when the same columns are stored in another way.</summary>
    private const string Format = "2";

    /// <summary>Tells the columns of this version of the app from those of another, which could not read its files.</summary>
    public static string CurrentSchema { get; } = Hash(string.Join('\n', Catalog.All.Select(Describe).Prepend(Format)));

    /// <summary>The file of that name.</summary>
    /// <exception cref="InvalidDataException">There is none, or more than one.</exception>
    public CheckpointFile File(string name) => Files.Where(file => file.Name == name).ToList() is [var file]
        ? file
        : throw new InvalidDataException($"The manifest does not name one file for {name}.");

    private static string Describe(Dataset dataset) =>
        $"{dataset.Name}: {string.Join(", ", dataset.Columns.Select(column => $"{column.Name} {column.Type}"))}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

[JsonSerializable(typeof(CheckpointManifest))]
[JsonSerializable(typeof(IReadOnlyList<Commit>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class CheckpointJson : JsonSerializerContext;
