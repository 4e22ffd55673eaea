using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class PayloadReaderTests
{
    [Theory]
    [InlineData("text/csv", RowFormat.Csv)]
    [InlineData("TEXT/CSV; charset=\"UTF-8\"", RowFormat.Csv)]
    [InlineData("application/json", RowFormat.Json)]
    [InlineData("application/x-ndjson; charset=utf-8", RowFormat.NdJson)]
    public async Task A_media_type_names_the_format(string type, RowFormat format) =>
        Assert.Equal(format, Assert.Single((await Files("Zones", type, "")).Value!).Format);

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/csv; charset=windows-1252")]
    [InlineData("nonsense")]
    public async Task A_media_type_that_is_not_read_is_415_and_says_what_is(string? type)
    {
        var error = (await Files("Zones", type, "")).Error;

        Assert.Equal(ErrorCode.UnsupportedMediaType, error?.Code);
        Assert.Contains("text/csv", error?.Detail);
    }

    [Fact]
    public async Task A_zip_gives_its_files_in_the_order_of_the_catalogue()
    {
        var files = (await Zip(("sources.csv", "s"), ("CASUALTIES.csv", "c"), ("Places.csv", "p"))).Value!;

        Assert.Equal(["Casualties", "Places", "Sources"], files.Select(file => file.Dataset.Name));
        Assert.Equal("c", Encoding.UTF8.GetString(files[0].Bytes.Span));
    }

    [Theory]
    [InlineData("placs.csv", "did you mean Places?")]
    [InlineData("folder/places.csv", "no folders")]
    [InlineData("../places.csv", "no folders")]
    [InlineData("places.exe", "{dataset}.csv")]
    public async Task A_zip_with_a_strange_name_is_refused(string name, string message)
    {
        var error = (await Zip((name, "Id"))).Error;

        Assert.Equal(ErrorCode.BadRequest, error?.Code);
        Assert.Contains(message, error?.Detail);
    }

    [Fact]
    public async Task An_archive_of_a_release_that_is_sent_back_gives_its_datasets()
    {
        var files = (await Zip([.. Archive, ("places.csv", "p"), ("arrests.csv", "a")])).Value!;

        Assert.Equal(["Arrests", "Places"], files.Select(file => file.Dataset.Name));
    }

    [Fact]
    public async Task A_view_that_was_changed_or_is_not_described_is_refused_by_its_name()
    {
        foreach (var entries in new[] { [("places.csv", "p"), Archive[0], ("arrestswide.csv", "other")], new[] { ("places.csv", "p"), Archive[1] } })
        {
            var error = (await Zip(entries)).Error;
            Assert.Equal(ErrorCode.BadRequest, error?.Code);
            Assert.Contains("leave arrestswide.csv out", error?.Detail);
        }
    }

    /// <summary>The description of a view, and the view.</summary>
    private static (string Name, string Text)[] Archive =>
    [
        ("datapackage.json", $$"""{"resources":[{"path":"arrestswide.csv","hash":"sha256:{{Convert.ToHexStringLower(SHA256.HashData("w"u8))}}"}]}"""),
        ("arrestswide.csv", "w"),
    ];

    [Fact]
    public async Task A_zip_with_two_files_of_a_dataset_is_refused() =>
        Assert.Contains("two files of Places", (await Zip(("places.csv", "a"), ("Places.json", "b"))).Error?.Detail);

    [Fact]
    public async Task A_zip_that_unpacks_to_too_much_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("places.csv", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i <= SubmissionLimits.UnpackedBytes / zeros.Length; i++)
            {
                entry.Write(zeros);
            }
        }

        Assert.Equal(ErrorCode.TooLarge, (await Read(null, "application/zip", bytes.ToArray())).Error?.Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_zip_are_refused() =>
        Assert.Equal(ErrorCode.BadRequest, (await Read(null, "application/zip", "PK\u0003\u0004 and then nothing"u8.ToArray())).Error?.Code);

    [Fact]
    public async Task A_zip_that_was_damaged_on_its_way_is_refused()
    {
        var bytes = Zipped(CompressionLevel.NoCompression, ("places.csv", "Id,Name\r\na,Seventeen\r\n"));
        bytes[bytes.AsSpan().IndexOf("Seventeen"u8)] = (byte)'s';

        Assert.Contains("damaged", (await Read(null, "application/zip", bytes)).Error?.Detail);
    }

    [Fact]
    public async Task A_gzipped_body_comes_out_as_it_was() =>
        Assert.Equal("Id,Name\r\na,A\r\n", Encoding.UTF8.GetString((await Unpack(Gzipped("Id,Name\r\na,A\r\n"))).Value.Span));

    [Fact]
    public async Task A_gzipped_body_that_was_cut_off_is_refused_wherever_it_was_cut()
    {
        var first = Gzipped("Id,Name\r\n");
        byte[] bytes = [.. first, .. Gzipped("a,A\r\nb,B\r\n")];

        await Assert.AllAsync(
            Enumerable.Range(1, bytes.Length - 1).Where(length => length != first.Length),
            async length => Assert.Equal(ErrorCode.BadRequest, (await Unpack(bytes[..length])).Error?.Code));
    }

    [Fact]
    public async Task A_gzipped_body_of_several_members_comes_out_whole()
    {
        byte[] members = [.. Gzipped("Id,Name\r\n"), .. Gzipped(Noise), .. Gzipped("a,A\r\n")];

        Assert.Equal($"Id,Name\r\n{Noise}a,A\r\n", Encoding.UTF8.GetString((await Unpack(members)).Value.Span));
    }

    [Theory]
    [InlineData(0x00, 0x8b)]
    [InlineData(0x1f, 0x8c)]
    public async Task A_gzipped_body_whose_second_member_does_not_begin_as_one_is_refused(byte one, byte two)
    {
        byte[] second = [one, two, .. Gzipped("b,B\r\n")[2..]];

        await Assert.AllAsync(
            ["a,A\r\n", Noise],
            async rows => Assert.Equal(ErrorCode.BadRequest, (await Unpack([.. Gzipped($"Id,Name\r\n{rows}"), .. second])).Error?.Code));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8 * 1024)]
    [InlineData(100 * 1024)]
    public async Task A_gzipped_body_that_something_else_follows_is_refused(int length)
    {
        var error = (await Unpack([.. Gzipped("Id,Name\r\na,A\r\n"), .. Enumerable.Repeat((byte)'x', length)])).Error;

        Assert.Equal(ErrorCode.BadRequest, error?.Code);
        Assert.Contains("followed by something else", error?.Detail);
    }

    [Fact]
    public async Task Multipart_takes_the_dataset_from_the_name_of_a_part_or_of_its_file()
    {
        using var form = new MultipartFormDataContent("b0undary")
        {
            { new StringContent("z", Encoding.UTF8, "text/csv"), "zones" },
            { new StringContent("[]"), "file", "places.json" },
        };
        var files = (await Read(null, "multipart/form-data; boundary=\"b0undary\"", await form.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))).Value!;

        Assert.Equal([("Places", RowFormat.Json), ("Zones", RowFormat.Csv)], files.Select(file => (file.Dataset.Name, file.Format)));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnonsense")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n")]
    [InlineData("multipart/form-data", "--x--\r\n")]
    [InlineData("text/csv", "Id")]
    public async Task A_set_that_cannot_be_read_is_400(string type, string body) =>
        Assert.Equal(ErrorCode.BadRequest, (await Read(null, type, Encoding.UTF8.GetBytes(body))).Error?.Code);

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"Zones\"\r\n\r\nId,Na", "it was cut off")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nId\r\n--x--\r\n", "has no name. Name each after its dataset")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"ZonesWide\"\r\n\r\nId\r\n--x--\r\n", "no dataset ZonesWide. There are Casualties, ")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"ArrestsWide\"\r\n\r\nId\r\n--x--\r\n", "ArrestsWide is a view, which the app computes from Arrests")]
    public async Task Parts_that_cannot_be_read_are_told_of_in_plain_words(string body, string words)
    {
        var detail = (await Read(null, "multipart/form-data; boundary=x", Encoding.UTF8.GetBytes(body))).Error?.Detail;

        Assert.Contains(words, detail);
        Assert.EndsWith(".", detail);
    }

    [Fact]
    public async Task A_set_sent_to_a_dataset_is_400() => Assert.Equal(ErrorCode.BadRequest, (await Files("Zones", "application/zip", "")).Error?.Code);

    /// <summary>Text that stays longer than what the library takes at once.</summary>
    private static string Noise { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(40_000));

    private static Task<Result<ReadOnlyMemory<byte>>> Unpack(byte[] body) =>
        Unpacked.Gzip(body, InMemory(), TestContext.Current.CancellationToken);

    private static PayloadSpace InMemory() => new(PayloadLimits.Body);

    private static Task<Result<PayloadFile[]>> Files(string dataset, string? type, string body) =>
        PayloadReader.Files(Catalog.Get(dataset), type, Encoding.UTF8.GetBytes(body), InMemory(), TestContext.Current.CancellationToken);

    private static Task<Result<PayloadFile[]>> Read(string? dataset, string type, byte[] body) =>
        PayloadReader.Files(dataset is null ? null : Catalog.Get(dataset), type, body, InMemory(), TestContext.Current.CancellationToken);

    private static Task<Result<PayloadFile[]>> Zip(params (string Name, string Text)[] entries) =>
        Read(null, "application/zip", Zipped(CompressionLevel.Fastest, entries));

    private static byte[] Zipped(CompressionLevel level, params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
