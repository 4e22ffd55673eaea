using System.IO.Compression;
using System.IO.Hashing;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>A set as a zip of {dataset}.csv. What comes out must be as long as the zip claims, and no more of it is ever held.</summary>
internal static class ZipSet
{
    /// <summary>Adds the files; what stops it, or null.</summary>
    public static async Task<ApiError?> Read(byte[] body, PayloadSet files, PayloadRoom.Visit visit, CancellationToken cancellation)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(body, writable: false), ZipArchiveMode.Read);
            return zip.Entries.Count > Catalog.All.Count
                ? PayloadSet.Refuse($"The zip has {zip.Entries.Count} entries; it may have one file a dataset, {Catalog.All.Count} at most.")
                : zip.Entries.Sum(entry => Math.Min(entry.Length, SubmissionLimits.UnpackedBytes + 1L)) is var length && length > SubmissionLimits.UnpackedBytes ? Unpacked.TooLarge
                : await visit.Take(length, cancellation) ? ReadEntries(zip, files)
                : SubmissionRequest.NoRoom;
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or IOException)
        {
            return PayloadSet.Refuse("The body is not a zip that can be read; it may be damaged or encrypted.");
        }
    }

    private static ApiError? ReadEntries(ZipArchive zip, PayloadSet files)
    {
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.Contains('/') || entry.FullName.Contains('\\') || MediaType.FormatOf(entry.FullName) is not { } format)
            {
                return PayloadSet.Refuse($"{PayloadSet.Short(entry.FullName)}: a zip holds files named {{dataset}}.csv and no folders.");
            }

            if (!files.Name(entry.FullName).Succeeded(out var dataset, out var error))
            {
                return error;
            }

            using var content = entry.Open();
            // The library does not compare these, and a damaged figure can look like another figure.
            if (Unpacked.Read(content, (int)entry.Length) is not { } bytes || Crc32.HashToUInt32(bytes) != entry.Crc32)
            {
                return PayloadSet.Refuse($"{PayloadSet.Short(entry.FullName)} is damaged: it does not match the length or the checksum that the zip has of it.");
            }

            files.Add(new PayloadFile(dataset, format, bytes));
        }

        return null;
    }
}
