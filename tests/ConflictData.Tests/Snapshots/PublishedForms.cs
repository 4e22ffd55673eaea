using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Query;
using DuckDB.NET.Data;

namespace ConflictData.Tests.Snapshots;

/// <summary>The forms of a release, read by readers that did not write them.</summary>
public sealed class PublishedForms(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly TestLog log = new();
    private readonly Engine engine = new(new Settings(), TimeProvider.System);
    private SnapshotStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await NewStore();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Every_form_of_a_set_has_the_same_rows_with_the_same_values()
    {
        var manifest = await Publish(Sample());
        foreach (var set in Catalog.Published)
        {
            var csv = Encoding.UTF8.GetString(await Bytes(manifest.Find(SnapshotForm.Csv.FileOf(set))!));
            Assert.Equal(csv, Encoding.UTF8.GetString(Unzipped(await Bytes(manifest.Find(SnapshotForm.CsvGzip.FileOf(set))!))));
            var lines = Encoding.UTF8.GetString(await Bytes(manifest.Find(SnapshotForm.NdJson.FileOf(set))!)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var parquet = await ParquetRows(manifest.Find(SnapshotForm.Parquet.FileOf(set))!);
            Assert.Equal(parquet.Names, set.Columns.Select(column => column.Name));
            Assert.Equal(lines.Select(line => JsonElement.Parse(line)).Select(Texts), parquet.Rows);
            Assert.Equal(lines.Length, manifest.Find(SnapshotForm.NdJson.FileOf(set))!.Rows);
            Assert.Equal(CsvRecords(csv).Skip(1), lines.Select(line => CsvTexts(JsonElement.Parse(line))));
        }

        Assert.Equal(2, manifest.Find("places.parquet")!.Rows);
        Assert.Equal(2, manifest.Find("casualtieswide.ndjson")!.Rows);
    }

    [Fact]
    public async Task The_same_release_gives_the_same_bytes_from_any_engine()
    {
        Sample();
        // More than the engine puts into one group of rows, and more than its threads share without order.
        var many = log.Add(Enumerable.Range(0, 130_000).Select(n => TestLog.Actor($"a{(n * 7919) % 130_000}", $"name {n % 1000}")));
        engine.Apply([many], Cancellation);
        var one = await Publish(many.Commit);
        await using var other = new Engine(new Settings { EngineThreads = 1 }, TimeProvider.System);
        other.Apply([.. log.Commits], Cancellation);
        var there = await NewStore();
        var again = (await new SnapshotPublisher(other, there, new Settings()).Publish(many.Commit, Cancellation)).Value!;
        Assert.Equal(one.Files.Select(file => (file.Name, file.Sha256)), again.Files.Select(file => (file.Name, file.Sha256)));
    }

    [Fact]
    public async Task The_data_package_describes_each_file_as_it_is_and_names_sources_and_licence()
    {
        var manifest = await Publish(Sample(), new Settings { License = "CC-BY-4.0" });
        var package = JsonElement.Parse(await Bytes(manifest.Find("datapackage.json")!));
        Assert.Equal("https://datapackage.org/profiles/2.0/datapackage.json", package.GetProperty("$schema").GetString());
        Assert.Equal(("1", 1, "2026-01-10T12:00:00.000Z"), (package.GetProperty("version").GetString(), package.GetProperty("release").GetInt32(), package.GetProperty("created").GetString()));
        Assert.Equal("CC-BY-4.0", package.GetProperty("licenses")[0].GetProperty("name").GetString());
        Assert.Equal("""[{"title":"A \"brief\""},{"title":"On the web","path":"https://example.org/x"}]""", JsonSerializer.Serialize(package.GetProperty("sources"), Plain));
        var resources = package.GetProperty("resources").EnumerateArray().ToList();
        Assert.Equal(manifest.Files.Count - 2, resources.Count);
        Assert.Equal(resources.Count, resources.Select(resource => resource.GetProperty("name").GetString()).Distinct().Count());
        foreach (var resource in resources)
        {
            var file = manifest.Find(resource.GetProperty("path").GetString()!)!;
            var bytes = await Bytes(file);
            Assert.Equal(
                (bytes.LongLength, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}", file.Rows),
                (resource.GetProperty("bytes").GetInt64(), resource.GetProperty("hash").GetString(), resource.GetProperty("rows").GetInt64()));
            Assert.Equal(
                SnapshotForm.Of(file) == SnapshotForm.Csv ? Catalog.FindSet(file.Dataset!)!.Columns.Select(column => column.Name) : [],
                resource.TryGetProperty("schema", out var schema) ? schema.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()) : []);
        }

        var names = resources.Select(resource => resource.GetProperty("name").GetString()).ToHashSet();
        Assert.All(
            resources.Where(resource => resource.TryGetProperty("schema", out _)).Select(resource => resource.GetProperty("schema")).Where(schema => schema.TryGetProperty("foreignKeys", out _)).SelectMany(schema => schema.GetProperty("foreignKeys").EnumerateArray()),
            key => Assert.Contains(key.GetProperty("reference").GetProperty("resource").GetString(), names.Append("")));
    }

    [Fact]
    public async Task A_licence_may_be_an_address_and_may_be_none()
    {
        var commit = Sample();
        var address = JsonElement.Parse(await Bytes((await Publish(commit, new Settings { License = "https://example.org/terms" })).Find("datapackage.json")!));
        Assert.Equal("https://example.org/terms", address.GetProperty("licenses")[0].GetProperty("path").GetString());
        store = await NewStore();
        Assert.False(JsonElement.Parse(await Bytes((await Publish(commit)).Find("datapackage.json")!)).TryGetProperty("licenses", out _));
    }

    [Fact]
    public async Task The_archive_has_every_table_and_a_package_that_describes_them()
    {
        var manifest = await Publish(Sample());
        await using var zip = new ZipArchive(new MemoryStream(await Bytes(manifest.Find("conflict-data.zip")!)));
        var files = zip.Entries.ToDictionary(entry => entry.FullName);
        Assert.Equal(Catalog.Published.Select(SnapshotForm.Csv.FileOf).Prepend("datapackage.json"), zip.Entries.Select(entry => entry.FullName));
        foreach (var resource in JsonElement.Parse(Content(files["datapackage.json"])).GetProperty("resources").EnumerateArray())
        {
            var bytes = Content(files[resource.GetProperty("path").GetString()!]);
            Assert.Equal(resource.GetProperty("hash").GetString(), $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}");
        }
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Commit Sample()
    {
        var added = log.Add(
        [
            TestLog.Make(Catalog.Get("Places"), "b", RevisionAction.Upsert, "new", ("Name", "with \"quotes\", comma"), ("Kind", "city"), ("Latitude", 35.5), ("PlacePrecision", 3L)),
            TestLog.Make(Catalog.Get("Places"), "a", RevisionAction.Upsert, "new", ("Name", "two\nlines"), ("NameArabic", "الحسكة"), ("Kind", "city"), ("PlacePrecision", 7L)),
            TestLog.Make(Catalog.Get("Sources"), "s1", RevisionAction.Upsert, "new", ("Title", "A \"brief\""), ("Kind", "report")),
            TestLog.Make(Catalog.Get("Sources"), "s2", RevisionAction.Upsert, "new", ("Title", "On the web"), ("Kind", "web"), ("Url", "https://example.org/x")),
            TestLog.Make(Catalog.Get("Casualties"), "c1", RevisionAction.Upsert, "new", ("PlaceId", "a"), ("StartDate", new DateOnly(2022, 1, 20)), ("Outcome", "killed"), ("Low", 31L), ("Additive", true)),
            TestLog.Make(Catalog.Get("Casualties"), "c2", RevisionAction.Upsert, "new", ("PlaceId", "b"), ("StartDate", new DateOnly(2022, 2, 1)), ("Outcome", "killed"), ("Best", 9L), ("Additive", false)),
        ]);
        engine.Apply([added], Cancellation);
        return added.Commit;
    }

    private async Task<SnapshotManifest> Publish(Commit release, Settings? settings = null)
    {
        Assert.True((await new SnapshotPublisher(engine, store, settings ?? new Settings()).Publish(release, Cancellation)).Succeeded(out var manifest, out var error), error?.Detail);
        return manifest;
    }

    private async Task<SnapshotStore> NewStore()
    {
        var account = new StorageAccount(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
        await account.Container("snapshots").CreateAsync(cancellationToken: Cancellation);
        return new SnapshotStore(account, TimeProvider.System);
    }

    private async Task<byte[]> Bytes(SnapshotFile file)
    {
        await using var stream = store.Open(file);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    private static byte[] Unzipped(byte[] bytes)
    {
        using var output = new MemoryStream();
        new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress).CopyTo(output);
        return output.ToArray();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var output = new MemoryStream();
        using var content = entry.Open();
        content.CopyTo(output);
        return output.ToArray();
    }

    /// <summary>As DuckDB reads it in a database of its own.</summary>
    private async Task<(List<string> Names, List<string[]> Rows)> ParquetRows(SnapshotFile file)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, await Bytes(file), Cancellation);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SET TimeZone = 'UTC'; SELECT * FROM read_parquet('{path}')";
            using var reader = command.ExecuteReader();
            var rows = new List<string[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : Text(reader.GetValue(column)))]);
            }

            return ([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd"),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string[] Texts(JsonElement row) => [.. row.EnumerateObject().Select(member => member.Value.ValueKind == JsonValueKind.Null ? "" : member.Value.ToString() is "True" or "False" ? member.Value.GetRawText() : member.Value.ToString())];

    /// <summary>The values as CSV has them: instants with milliseconds.</summary>
    private static string[] CsvTexts(JsonElement row) => [.. Texts(row).Select(text => System.Text.RegularExpressions.Regex.Replace(text, @"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z$", "$1.000Z"))];

    private static IEnumerable<string[]> CsvRecords(string csv)
    {
        using var reader = new Microsoft.VisualBasic.FileIO.TextFieldParser(new StringReader(csv)) { TextFieldType = Microsoft.VisualBasic.FileIO.FieldType.Delimited, TrimWhiteSpace = false };
        reader.SetDelimiters(",");
        while (reader.ReadFields() is { } fields)
        {
            yield return fields;
        }
    }
}
