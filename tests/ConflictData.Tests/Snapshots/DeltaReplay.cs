using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DuckDB.NET.Data;

namespace ConflictData.Tests.Snapshots;

/// <summary>A Delta table as its protocol says that a reader sees it: the commits from the first on, each taking files away and bringing others.</summary>
internal sealed class DeltaReplay(BlobContainerClient container, string table)
{
    private readonly List<JsonElement[]> commits = [];

    /// <summary>The number of versions; they begin with 0 and none is missing.</summary>
    public int Versions => commits.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<DeltaReplay> Of(BlobContainerClient container, string table)
    {
        var replay = new DeltaReplay(container, table);
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"delta/{table}/_delta_log/0" }, Cancellation))
        {
            if (blob.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                Assert.Equal($"delta/{table}/_delta_log/{replay.commits.Count:D20}.json", blob.Name);
                var text = (await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString();
                Assert.EndsWith("\n", text, StringComparison.Ordinal);
                replay.commits.Add([.. text.Split('\n')[..^1].Select(line => JsonElement.Parse(line))]);
            }
        }

        return replay;
    }

    /// <summary>The kinds of action of a version, in order.</summary>
    public string[] Kinds(int version) => [.. commits[version].Select(action => Assert.Single(action.EnumerateObject()).Name)];

    /// <summary>The release that a version says that it is of.</summary>
    public int Release(int version) => (int)Last(version, "txn")!.Value.GetProperty("version").GetInt64();

    /// <summary>Names and types of the columns at a version.</summary>
    public IEnumerable<(string Name, string Type)> Columns(int version) =>
        JsonElement.Parse(Last(version, "metaData")!.Value.GetProperty("schemaString").GetString()!).GetProperty("fields").EnumerateArray()
            .Select(field => (field.GetProperty("name").GetString()!, field.GetProperty("type").GetString()!));

    /// <summary>The last action of a kind up to a version.</summary>
    public JsonElement? Last(int version, string kind) => Up(version, kind).Cast<JsonElement?>().LastOrDefault();

    /// <summary>The files of a version.</summary>
    public List<JsonElement> Files(int version)
    {
        var files = new List<JsonElement>();
        foreach (var action in commits.Take(version + 1).SelectMany(commit => commit).SelectMany(line => line.EnumerateObject()))
        {
            if (action.Name == "remove")
            {
                Assert.Equal(1, files.RemoveAll(file => file.GetProperty("path").GetString() == action.Value.GetProperty("path").GetString()));
            }
            else if (action.Name == "add")
            {
                files.Add(action.Value);
            }
        }

        return files;
    }

    /// <summary>What a query finds in the rows of a version, in which they are called files, cell by cell as text.</summary>
    public async Task<List<string>> Query(int version, string query)
    {
        var folder = Directory.CreateTempSubdirectory("delta-");
        foreach (var file in Files(version))
        {
            var name = file.GetProperty("path").GetString()!;
            var bytes = (await container.GetBlobClient($"delta/{table}/{name}").DownloadContentAsync(Cancellation)).Value.Content.ToArray();
            Assert.Equal(file.GetProperty("size").GetInt64(), bytes.Length);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes, Cancellation);
        }

        var found = Rows(query.Replace("files", $"read_parquet('{folder.FullName}/*.parquet')", StringComparison.Ordinal));
        folder.Delete(recursive: true);
        return found;
    }

    /// <summary>Rows of a query on a database of its own, cells joined by "|".</summary>
    public static List<string> Rows(string query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : reader.GetValue(column).ToString())));
        }

        return rows;
    }

    private IEnumerable<JsonElement> Up(int version, string kind) => commits.Take(version + 1)
        .SelectMany(commit => commit)
        .Where(action => action.TryGetProperty(kind, out _))
        .Select(action => action.GetProperty(kind));
}
