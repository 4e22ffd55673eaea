using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>However large a file is, memory holds only what is small of each row.</summary>
public sealed class MemoryBoundTests
{
    private const int Rows = 60_000;
    private const int HeapMegabytes = 80;
    private const int FileMegabytes = 220;

    /// <summary>What the process takes without rows.</summary>
    private const int BaseMegabytes = 60;

    private const int OrdinaryRows = 80_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_file_that_is_several_times_as_large_as_the_heap_becomes_a_release() => InChild(nameof(In_the_process_with_the_small_heap), HeapMegabytes);

    /// <summary>What the limits of rows are reckoned with, for rows that are new and for the same rows corrected.</summary>
    [Fact]
    public Task An_ordinary_row_takes_no_more_memory_than_the_limits_say() =>
        InChild(nameof(In_the_process_with_room_for_ordinary_rows), BaseMegabytes + (int)((long)OrdinaryRows * RowRoom.BytesOfRow / 1024 / 1024));

    /// <summary>All that a file of the inbox goes through on this instance but the writing to storage, which goes over the same rows in the same way.</summary>
    [Fact(Explicit = true)]
    public async Task In_the_process_with_the_small_heap()
    {
        Assert.Equal(HeapMegabytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024);
        await using var book = await Book.WithReferences(threads: 0);
        await Commit(book, Lines(), Rows, FileMegabytes);

        Assert.Equal(Rows, await book.Count("Casualties"));
    }

    [Fact(Explicit = true)]
    public async Task In_the_process_with_room_for_ordinary_rows()
    {
        await using var book = await Book.WithReferences(threads: 0);
        await Commit(book, OrdinaryLines("first"), OrdinaryRows, 0);
        await Commit(book, OrdinaryLines("second"), OrdinaryRows, 0);

        Assert.Equal(OrdinaryRows, await book.Count("Casualties"));
    }

    private static async Task InChild(string method, int heapMegabytes)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [typeof(MemoryBoundTests).Assembly.Location, "-method", $"{typeof(MemoryBoundTests).FullName}.{method}", "-explicit", "only"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{heapMegabytes * 1024L * 1024:X}";
        using var child = Process.Start(start)!;
        var printed = await child.StandardOutput.ReadToEndAsync(Cancellation);
        await child.WaitForExitAsync(Cancellation);
        Assert.True(child.ExitCode == 0 && printed.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), printed);
    }

    private static async Task Commit(Book book, IEnumerable<string> lines, int rows, int leastMegabytes)
    {
        using IDisposable file = await MappedFile.Write(new GeneratedStream(lines), int.MaxValue, Cancellation) ?? throw new InvalidOperationException();
        var bytes = ((MappedFile)file).Memory;
        Assert.True(bytes.Length > leastMegabytes * 1024 * 1024);
        await book.Commit(Book.Request with { Limits = PayloadLimits.File(rows) }, new PayloadFile(Catalog.Get("Casualties"), RowFormat.Csv, bytes));
    }

    /// <summary>Ids of ordinary length; nothing is said of Additive, so that each row is compared with those that may be of the same people.</summary>
    private static IEnumerable<string> OrdinaryLines(string note)
    {
        yield return "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,Note\n";
        for (var row = 1; row <= OrdinaryRows; row++)
        {
            var day = new DateOnly(2011, 3, 15).AddDays(row % 4_000);
            yield return string.Create(CultureInfo.InvariantCulture, $"hasaka-{day.Year}-killed-{row:D9},hasaka,{day:O},civilian,killed,{row % 50},sdf,brief,page {row},fair,{note}\n");
        }
    }

    private static IEnumerable<string> Lines()
    {
        var random = new Random(7);
        var words = string.Join(' ', Enumerable.Range(0, 20_000).Select(_ => random.Next(100_000_000, 999_999_999)));
        yield return "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,Note\n";
        for (var row = 1; row <= Rows; row++)
        {
            var note = words.AsSpan(random.Next(words.Length - 3_900), 3_900);
            yield return string.Create(CultureInfo.InvariantCulture, $"c{row},hasaka,2022-01-{(row % 28) + 1:D2},civilian,killed,{row % 50},sdf,brief,page {row},{(row % 10 == 0 ? "fair" : "contested")},note{note}!\n");
        }
    }
}
