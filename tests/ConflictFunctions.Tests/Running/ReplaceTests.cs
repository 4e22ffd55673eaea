using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictFunctions.Tests.Running;

/// <summary>Whole datasets over HTTP, in an app of its own: elsewhere the base would move while a test looks at it.</summary>
public sealed class ReplaceTests(ReplaceTests.OwnApp own) : IClassFixture<ReplaceTests.OwnApp>
{
    private const string Row = "PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n{0},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Admin => own.App.Admin;

    [Fact]
    public async Task Every_published_file_sent_back_as_the_whole_of_its_dataset_changes_nothing()
    {
        var release = await Newest();
        foreach (var dataset in Catalog.All)
        {
            using var answer = await Replace(dataset.Name, release, await File(dataset, release));
            await Unchanged(answer, dataset.Name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_them_sent_back_as_one_set_change_nothing(bool zipped)
    {
        var release = await Newest();
        var files = new List<(Dataset Dataset, byte[] Bytes)>();
        foreach (var dataset in Catalog.All)
        {
            files.Add((dataset, await File(dataset, release)));
        }

        using var set = zipped ? Zip(files) : Form(files);
        using var answer = await Admin.PostAsync($"submissions?mode=replace&base={release}", set, Cancellation);
        await Unchanged(answer, "the set");
    }

    [Fact]
    public async Task A_record_that_is_left_out_is_retracted_and_the_old_base_is_refused_from_then_on()
    {
        var before = await File(Catalog.Get("Arrests"), await Newest());
        using var added = await Admin.PostAsync("submissions/Arrests", Csv(Encoding.UTF8.GetBytes("Id," + string.Format(null, Row, "left-out"))), Cancellation);
        var release = (await Json(added)).GetProperty("release").GetInt32();
        using var replaced = await Replace("Arrests", release, before);
        using var moved = await Replace("Arrests", release, await File(Catalog.Get("Arrests"), release));
        var (report, problem) = (await Json(replaced), await Json(moved));

        Assert.True(replaced.StatusCode == HttpStatusCode.Created, report.GetRawText());
        Assert.Equal(1, report.GetProperty("counts").GetProperty("retracted").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await Admin.GetAsync("odata/Arrests('left-out')", Cancellation)).StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "baseMoved"), (moved.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("left-out", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_refused_with_the_number_that_would_go()
    {
        var release = await Newest();
        var file = await File(Catalog.Get("Figures"), release);
        var header = file[..(file.AsSpan().IndexOf((byte)'\n') + 1)];
        using var answer = await Replace("Figures", release, header);
        var report = await Json(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("maxRetractions=", report.GetProperty("detail").GetString());
    }

    private static MultipartFormDataContent Form(List<(Dataset Dataset, byte[] Bytes)> files)
    {
        var form = new MultipartFormDataContent();
        files.ForEach(file => form.Add(Csv(file.Bytes), file.Dataset.Name, $"{file.Dataset.FileName}.csv"));
        return form;
    }

    private static HttpContent Zip(List<(Dataset Dataset, byte[] Bytes)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (dataset, text) in files)
            {
                using var entry = zip.CreateEntry($"{dataset.FileName}.csv").Open();
                entry.Write(text);
            }
        }

        return new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
    }

    private static async Task Unchanged(HttpResponseMessage answer, string what)
    {
        var report = await Json(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{what}: {report}");
        Assert.Equal(("unchanged", 0), (report.GetProperty("state").GetString(), report.GetProperty("counts").GetProperty("retracted").GetInt32()));
    }

    private async Task<int> Newest() =>
        (await Json(await Admin.GetAsync("releases/latest", Cancellation))).GetProperty("number").GetInt32();

    private Task<byte[]> File(Dataset dataset, int release) => Admin.GetByteArrayAsync($"snapshots/{release}/{dataset.FileName}.csv", Cancellation);

    private Task<HttpResponseMessage> Replace(string dataset, int release, byte[] file) =>
        Admin.PostAsync($"submissions/{dataset}?mode=replace&base={release}", Csv(file), Cancellation);

    private static ByteArrayContent Csv(byte[] text) => new(text) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));

    /// <summary>The whole app, for these tests alone.</summary>
    public sealed class OwnApp : IAsyncLifetime
    {
        public RunningApp App { get; } = new();

        public ValueTask InitializeAsync() => App.InitializeAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
