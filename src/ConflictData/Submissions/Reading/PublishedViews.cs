using System.Security.Cryptography;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Snapshots;

namespace ConflictData.Submissions;

/// <summary>
/// What a published archive has beside the datasets: the views, which the app computes from them, and the description of its files.
/// They are passed over where a view is byte for byte what the description says was published, so that no change in one gets lost.
/// </summary>
internal sealed class PublishedViews
{
    private readonly Dictionary<string, string> sent = [];
    private ReadOnlyMemory<byte> package;

    /// <summary>True where a file is none of a dataset's, but may stand in a published archive.</summary>
    public bool Takes(string name, ReadOnlyMemory<byte> bytes)
    {
        if (name == DataPackage.FileName)
        {
            package = bytes;
            return true;
        }

        if (Catalog.FindSet(Path.GetFileNameWithoutExtension(name)) is not { IsView: true })
        {
            return false;
        }

        sent[name] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes.Span))}";
        return true;
    }

    /// <summary>The refusal where a view is not what was published; null where all of them are.</summary>
    public ApiError? Problem()
    {
        var published = sent.Count > 0 ? Hashes() : [];
        return sent.FirstOrDefault(view => published.GetValueOrDefault(view.Key) != view.Value) is { Key: { } changed }
            ? PayloadSet.Refuse($"{changed} is a view, which the app computes from the datasets, and it is not as {DataPackage.FileName} beside it describes it. Make the change in the file of a dataset, and leave {changed} out.")
            : null;
    }

    /// <summary>The hash of each file that the description names; none where it cannot be read.</summary>
    private Dictionary<string, string> Hashes()
    {
        try
        {
            using var document = JsonDocument.Parse(package);
            return document.RootElement.GetProperty("resources").EnumerateArray()
                .DistinctBy(file => file.GetProperty("path").GetString())
                .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("hash").GetString()!);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return [];
        }
    }
}
