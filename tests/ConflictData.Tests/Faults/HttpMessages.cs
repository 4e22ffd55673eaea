using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;

namespace ConflictData.Tests.Faults;

/// <summary>Reads whole HTTP/1.1 messages, one after the other, from one direction of a connection, as the bytes that they are.</summary>
internal sealed partial class HttpMessages(Stream stream)
{
    private readonly PipeReader pipe = PipeReader.Create(stream);

    /// <summary>The next message; null where the connection ends before one begins.</summary>
    /// <param name="answersHead">True for an answer that has no body, whatever length it names.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<byte[]?> Next(bool answersHead, CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        for (var line = ""; line != "\r\n";)
        {
            if (await CopyLine(message, cancellation) is not { } next)
            {
                return message.Length == 0 ? null : throw new EndOfStreamException();
            }

            line = next;
        }

        var head = Encoding.Latin1.GetString(message.ToArray());
        if (Length().Match(head) is { Success: true } length)
        {
            await Copy(message, answersHead ? 0 : long.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture), cancellation);
        }
        else if (head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) && !answersHead)
        {
            await CopyChunks(message, cancellation);
        }

        return message.ToArray();
    }

    private async Task CopyChunks(MemoryStream message, CancellationToken cancellation)
    {
        const int lineEnd = 2;
        for (var size = -1L; size != 0;)
        {
            var line = await CopyLine(message, cancellation) ?? throw new EndOfStreamException();
            size = long.Parse(line.Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await Copy(message, size + lineEnd, cancellation);
        }
    }

    private async Task<string?> CopyLine(MemoryStream message, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, read.Buffer.GetPosition(1, end)).ToArray();
                pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                message.Write(line);
                return Encoding.Latin1.GetString(line);
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private async Task Copy(MemoryStream message, long count, CancellationToken cancellation)
    {
        while (count > 0)
        {
            var read = await pipe.ReadAsync(cancellation);
            var piece = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length));
            message.Write(piece.ToArray());
            count -= piece.Length;
            pipe.AdvanceTo(piece.End);
            if (read.IsCompleted && count > 0)
            {
                throw new EndOfStreamException();
            }
        }
    }

    [GeneratedRegex(@"\r\nContent-Length: *(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
