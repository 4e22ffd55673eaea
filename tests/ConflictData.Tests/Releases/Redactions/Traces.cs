using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DuckDB.NET.Data;

namespace ConflictData.Tests.Releases;

/// <summary>Finds a text wherever a store has it: in every table and blob, packed or not, escaped or not.</summary>
internal static partial class Traces
{
    /// <summary>What blobs say that do not change any more, by address and version.</summary>
    private static readonly ConcurrentDictionary<string, string[]> Known = new();

    private static readonly DuckDBConnection Reader = Opened();

    /// <summary>Where the text is, by name; nothing where it is nowhere.</summary>
    /// <param name="storage">Connection string.</param>
    /// <param name="prefix">Prefix of the store.</param>
    /// <param name="text">The text.</param>
    public static async Task<List<string>> Of(string storage, string prefix, string text)
    {
        var (places, cancellation) = (new List<string>(), TestContext.Current.CancellationToken);
        var tables = new TableServiceClient(storage);
        await foreach (var table in tables.QueryAsync(cancellationToken: cancellation).Where(table => table.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: cancellation))
            {
                if (row.Select(property => property.Value).OfType<string>().Any(value => value.Contains(text, StringComparison.Ordinal)))
                {
                    places.Add($"{table.Name[prefix.Length..]}/{row.PartitionKey}/{row.RowKey}");
                }
            }
        }

        var blobs = new BlobServiceClient(storage);
        await foreach (var container in blobs.GetBlobContainersAsync(prefix: prefix.ToLowerInvariant(), cancellationToken: cancellation))
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellation))
            {
                var address = $"{client.Uri}/{blob.Name} {blob.Properties.ETag}";
                if (!Known.TryGetValue(address, out var texts))
                {
                    texts = Known[address] = [.. Texts((await client.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content.ToArray())];
                }

                if (texts.Any(found => found.Contains(text, StringComparison.Ordinal)))
                {
                    places.Add($"{container.Name[prefix.Length..]}/{blob.Name}");
                }
            }
        }

        return places;
    }

    /// <summary>What bytes say, in every way in which they may say it.</summary>
    private static IEnumerable<string> Texts(byte[] bytes) => bytes switch
    {
        [0x1F, 0x8B, ..] => Texts(Unpacked(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))),
        [(byte)'P', (byte)'K', 3, 4, ..] => Entries(bytes).SelectMany(Texts),
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => [Rows(bytes)],
        _ => [Escape().Replace(Encoding.UTF8.GetString(bytes), match => $"{(char)Convert.ToInt32(match.Groups[1].Value, 16)}")],
    };

    private static byte[] Unpacked(Stream packed)
    {
        using (packed)
        {
            var bytes = new MemoryStream();
            packed.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    private static IEnumerable<byte[]> Entries(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            yield return Unpacked(entry.Open());
        }
    }

    private static string Rows(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            lock (Reader)
            {
                using var command = Reader.CreateCommand();
                command.CommandText = $"SELECT coalesce(string_agg(to_json(r)::VARCHAR), '') FROM read_parquet('{path}') r";
                return (string)command.ExecuteScalar()!;
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DuckDBConnection Opened()
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
