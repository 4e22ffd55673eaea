using System.IO.Compression;
using System.Text;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Startup;

/// <summary>
/// Submits the bundled sample to an empty store: all datasets as one submission, through the same door as anybody's.
/// The fixed idempotency key makes a start that died half-way, or two starts at once, end with one release.
/// </summary>
public sealed class FirstStart(SubmissionService submissions)
{
    /// <summary>Folder of the sample's CSV files, beside the app.</summary>
    public static string SampleFolder { get; } = Path.Combine(AppContext.BaseDirectory, "SampleData");

    /// <summary>Loads the sample; throws <see cref="StartupException"/> with the first errors where it is refused.</summary>
    public async Task LoadSample(CancellationToken cancellation)
    {
        var submitted = await submissions.Submit(
            new SubmissionRequest
            {
                Owner = "sample",
                ContentType = "application/zip",
                Body = ZipSample(),
                IdempotencyKey = "bundled-sample",
                Message = "The bundled sample",
            },
            cancellation);
        if (!submitted.Succeeded(out var answer, out var error))
        {
            throw new StartupException($"The bundled sample could not be loaded: {error.Detail}");
        }

        if (answer.Status >= 400)
        {
            throw new StartupException($"The bundled sample was refused: {Encoding.UTF8.GetString(answer.Body.Span)}");
        }
    }

    private static MemoryStream ZipSample()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var dataset in Catalog.All)
            {
                archive.CreateEntryFromFile(Path.Combine(SampleFolder, $"{dataset.Name}.csv"), $"{dataset.Name}.csv", CompressionLevel.Fastest);
            }
        }

        zip.Position = 0;
        return zip;
    }
}
