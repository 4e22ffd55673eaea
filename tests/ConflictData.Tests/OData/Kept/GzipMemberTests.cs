using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ConflictData.OData;
using CsCheck;

namespace ConflictData.Tests.OData.Kept;

/// <summary>Joined pieces, read by programs that are not ours. What curl makes of them, the running app's tests show.</summary>
public sealed class GzipMemberTests
{
    private static readonly string[] Texts =
    [
        "{\"value\":[",
        string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"{{\"Id\":\"c{n * 7919}\",\"Note\":\"ḥāra {n % 13}\"}}")),
        "",
        string.Join(',', Enumerable.Range(0, 3000).Select(n => n.ToString("X8"))),
        "]}",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Pieces_of_any_bytes_come_out_as_they_went_in() => Gen.Byte.Array[0, 3000].Array[0, 6].Sample(texts =>
    {
        var member = Member(texts);
        using var gzip = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        using var text = new MemoryStream();
        gzip.CopyTo(text);
        Assert.Equal(texts.SelectMany(part => part), text.ToArray());
    });

    [Fact]
    public void Pieces_may_be_joined_before()
    {
        var pieces = Texts.Select(PieceWriter.Of).ToArray();
        var joined = Bytes(GzipMember.Of(pieces[0], DeflatedPiece.Join(pieces[1..^1]), pieces[^1]));

        Assert.Equal(Bytes(GzipMember.Of(pieces)), joined);
    }

    [Fact]
    public async Task Node_reads_all_of_it() => Assert.Equal(Text, await Run(
        "node", "process.stdout.write(require('node:zlib').gunzipSync(require('node:fs').readFileSync(0)))", "-e"));

    [Fact]
    public async Task Gzip_tests_and_reads_all_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no gzip.");

        Assert.Equal("", await Run("gzip", "-t"));
        Assert.Equal(Text, await Run("gzip", "-dc"));
    }

    [Fact]
    public async Task A_damaged_byte_of_any_piece_is_noticed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no gzip.");
        var member = Member([.. Texts.Select(Encoding.UTF8.GetBytes)]);
        // The last bytes of the file are its length; those before are the checksum.
        member[^6] ^= 1;

        var (code, _, errors) = await Start("gzip", member, "-t");

        Assert.Equal(1, code);
        Assert.Contains("crc error", errors);
    }

    private static string Text => string.Concat(Texts);

    private static async Task<string> Run(string program, string last, params string[] first)
    {
        var (code, output, errors) = await Start(program, Member([.. Texts.Select(Encoding.UTF8.GetBytes)]), [.. first, last]);
        Assert.True(code == 0, errors);
        return output;
    }

    private static async Task<(int Code, string Output, string Errors)> Start(string program, byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.StandardInput.BaseStream.WriteAsync(input, Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }

    private static byte[] Member(params byte[][] texts) => Bytes(GzipMember.Of([.. texts.Select(Piece)]));

    private static DeflatedPiece Piece(byte[] text)
    {
        using var writer = new PieceWriter();
        text.CopyTo(writer.GetSpan(text.Length));
        writer.Advance(text.Length);
        return writer.Complete();
    }

    private static byte[] Bytes(IEnumerable<ReadOnlyMemory<byte>> parts) => [.. parts.SelectMany(part => part.ToArray())];
}
