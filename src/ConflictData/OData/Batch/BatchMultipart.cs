using System.Text;
using System.Text.RegularExpressions;
using ConflictData.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>Reads batches as multipart/mixed, one HTTP request a part (protocol 4.01, 11.7.7).</summary>
internal static partial class BatchMultipart
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<Result<IReadOnlyList<BatchItem>>> Read(Stream body, string? boundary, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(boundary))
        {
            return Malformed("its Content-Type has a boundary");
        }
        var items = new List<BatchItem>();
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (await ReadPart(section, cancellation) is not { } item)
                {
                    return Malformed($"part {items.Count + 1} is application/http with a request line such as GET Places HTTP/1.1, in whose address a blank is %20");
                }
                items.Add(item);
            }
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or DecoderFallbackException)
        {
            return Malformed($"its parts can be told apart ({problem.Message})");
        }
        return items;
    }

    private static async Task<BatchItem?> ReadPart(MultipartSection section, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(section.ContentType, out var type))
        {
            return null;
        }
        if (type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return new BatchItem(null, "POST", "$batch")
            {
                Refusal = new ApiError(ErrorCode.NotSupported, "This service is only read; it does not support change sets.") { Target = "changeset" },
            };
        }
        var text = await new StreamReader(section.Body, Strict).ReadToEndAsync(cancellation);
        return type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase)
            ? ReadRequest(section.Headers?.GetValueOrDefault("Content-ID").ToString(), text)
            : null;
    }

    private static BatchItem? ReadRequest(string? id, string text)
    {
        var (head, body) = Halves(text.TrimStart('\r', '\n'));
        var lines = head.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } url, ['H', 'T', 'T', 'P', '/', ..]])
        {
            return null;
        }
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            if (line.Split(':', 2) is not [var name, var value])
            {
                return null;
            }
            headers.TryAdd(name.Trim(), value.Trim());
        }
        return new BatchItem(string.IsNullOrEmpty(id) ? null : id, method.ToUpperInvariant(), url) { Headers = headers, Body = Encoding.UTF8.GetBytes(body) };
    }

    /// <summary>What stands before the first empty line, and what stands behind it.</summary>
    private static (string Head, string Body) Halves(string text) => EmptyLine().Match(text) is { Success: true } end
        ? (text[..end.Index], text[(end.Index + end.Length)..])
        : (text.TrimEnd('\r', '\n'), "");

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex EmptyLine();

    private static ApiError Malformed(string rule) => new(ErrorCode.BadRequest, $"The batch cannot be read: {rule}.") { Target = "body" };
}
