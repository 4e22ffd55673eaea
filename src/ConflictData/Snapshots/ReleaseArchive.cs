using System.IO.Compression;

namespace ConflictData.Snapshots;

/// <summary>A whole release in one zip: the CSV file of every set, and a data package that describes them.</summary>
internal static class ReleaseArchive
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "conflict-data.zip";

    private const int BlockBytes = 128 * 1024;

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/zip";

    /// <summary>Writes the archive; every entry has the time of the release, so that the same release gives the same bytes.</summary>
    public static async Task Write(Stream output, DataPackage package, IReadOnlyList<SnapshotFile> files, Func<SnapshotFile, Stream> open, CancellationToken cancellation)
    {
        await using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        await Add(zip, DataPackage.FileName, package, new MemoryStream(package.Describe(files)), cancellation);
        foreach (var file in files)
        {
            await Add(zip, file.Name, package, open(file), cancellation);
        }
    }

    private static async Task Add(ZipArchive zip, string name, DataPackage package, Stream content, CancellationToken cancellation)
    {
        await using (content)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = package.Release.CommittedAt.ToUniversalTime();
            await using var target = await entry.OpenAsync(cancellation);
            await CopyInBlocks(content, target, cancellation);
        }
    }

    /// <summary>In blocks of one size, however the bytes arrive: what a compressor makes of them depends on how they are given to it.</summary>
    private static async Task CopyInBlocks(Stream content, Stream target, CancellationToken cancellation)
    {
        var block = new byte[BlockBytes];
        for (var read = BlockBytes; read == BlockBytes;)
        {
            read = await content.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, cancellation);
            await target.WriteAsync(block.AsMemory(0, read), cancellation);
        }
    }
}
