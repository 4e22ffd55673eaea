using ConflictData.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Submissions;

/// <summary>A set as multipart/form-data: one part a dataset, named after it or sent as a file that is.</summary>
internal static class MultipartSet
{
    /// <summary>Adds the parts; what stops it, or null.</summary>
    public static async Task<ApiError?> Read(ReadOnlyMemory<byte> body, string? boundary, PayloadSet files, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(boundary))
        {
            return PayloadSet.Refuse("The Content-Type multipart/form-data lacks its boundary. Leave the header to the client that makes the parts, as curl -F does.");
        }

        try
        {
            var reader = new MultipartReader(boundary, PayloadSpace.Open(body));
            while (await reader.ReadNextSectionAsync(cancellation) is { } part)
            {
                if (await ReadPart(part, files, cancellation) is { } error)
                {
                    return error;
                }
            }

            return null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            return PayloadSet.Refuse("The body cannot be read as multipart/form-data: it was cut off, or its parts do not stand between the boundaries that Content-Type names. "
                + "Send it again, and leave the header to the client that makes the parts, as curl -F does.");
        }
    }

    private static async Task<ApiError?> ReadPart(MultipartSection part, PayloadSet files, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
        {
            return PayloadSet.Refuse("A part of the body has no Content-Disposition with a name. Name each after its dataset, as curl -F 'Arrests=@arrests.csv' does.");
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        var fileName = HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
        var dataset = files.Name(name);
        if (dataset.Error is not null && fileName.Length > 0)
        {
            dataset = files.Name(Path.GetFileName(fileName));
        }

        if (!dataset.Succeeded(out var found, out var error) || !Format(part, fileName).Succeeded(out var format, out error))
        {
            return error;
        }

        using var bytes = new MemoryStream();
        await part.Body.CopyToAsync(bytes, cancellation);
        files.Add(new PayloadFile(found, format, bytes.ToArray()));
        return null;
    }

    private static Result<RowFormat> Format(MultipartSection part, string fileName)
    {
        if (MediaType.FormatOf(fileName) is { } byName)
        {
            return byName;
        }

        // What form libraries say of a part when nobody told them what it is.
        if (part.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is null or "text/plain" or "application/octet-stream")
        {
            return RowFormat.Csv;
        }

        if (!MediaType.Read(part.ContentType).Succeeded(out var type, out var error))
        {
            return error;
        }

        return MediaType.FormatOf(type.Kind) is { } format ? format : PayloadSet.Refuse("A part of a set cannot be a set. Send the files of the zip as parts of their own, or the zip alone.");
    }
}
