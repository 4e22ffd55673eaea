using System.IO.Compression;
using System.IO.Hashing;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>A set as a zip of {dataset}.csv, or a published archive that is sent back. What a zip claims of its sizes is never believed; what comes out is counted.</summary>
internal static class ZipSet
{
    /// <summary>Adds the files; what stops it, or null.</summary>
    public static async Task<ApiError?> Read(ReadOnlyMemory<byte> body, PayloadSet files, PayloadSpace space, CancellationToken cancellation)
    {
        try
        {
            await using var zip = new ZipArchive(PayloadSpace.Open(body), ZipArchiveMode.Read);
            return zip.Entries.Count > Catalog.Published.Count + 1
                ? PayloadSet.Refuse($"The zip has {zip.Entries.Count} entries; it may have one file a dataset, {Catalog.All.Count} at most. Leave the others out.")
                : zip.Entries.Sum(entry => Math.Min(entry.Length, space.Limits.UnpackedBytes + 1L)) is var length && length > space.Limits.UnpackedBytes ? space.Limits.TooLargeUnpacked
                : await space.HasRoom(length, cancellation) ? await ReadEntries(zip, files, space, cancellation)
                : SubmissionRequest.NoRoom;
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or IOException)
        {
            return PayloadSet.Refuse("The body is not a zip that can be read; it may be damaged or encrypted. Pack it again, without a password.");
        }
    }

    private static async Task<ApiError?> ReadEntries(ZipArchive zip, PayloadSet files, PayloadSpace space, CancellationToken cancellation)
    {
        var views = new PublishedViews();
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.Contains('/') || entry.FullName.Contains('\\') || MediaType.FormatOf(entry.FullName) is not { } format)
            {
                return PayloadSet.Refuse($"{PayloadSet.Short(entry.FullName)}: a zip holds files named {{dataset}}.csv and no folders. Pack it again, with such files alone.");
            }

            if (await Content(entry, space, cancellation) is not { } bytes)
            {
                return PayloadSet.Refuse($"{PayloadSet.Short(entry.FullName)} is damaged: it does not match the length or the checksum that the zip has of it. Pack it again.");
            }

            if (views.Takes(entry.FullName, bytes))
            {
                continue;
            }

            if (!files.Name(entry.FullName).Succeeded(out var dataset, out var error))
            {
                return error;
            }

            files.Add(new PayloadFile(dataset, format, bytes));
        }

        return views.Problem();
    }

    /// <summary>Null where it is damaged. The library does not compare length and checksum, and a damaged figure can look like another figure.</summary>
    private static async Task<ReadOnlyMemory<byte>?> Content(ZipArchiveEntry entry, PayloadSpace space, CancellationToken cancellation)
    {
        await using var content = await entry.OpenAsync(cancellation);
        return await space.Keep(content, (int)entry.Length, cancellation, entry.Length) is { } bytes && bytes.Length == entry.Length && Crc32.HashToUInt32(bytes.Span) == entry.Crc32
            ? bytes
            : default(ReadOnlyMemory<byte>?);
    }
}
