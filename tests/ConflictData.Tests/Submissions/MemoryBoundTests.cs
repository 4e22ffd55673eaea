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

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_several_times_as_large_as_the_heap_becomes_a_release()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [typeof(MemoryBoundTests).Assembly.Location, "-method", $"{typeof(MemoryBoundTests).FullName}.{nameof(In_the_process_with_the_small_heap)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{HeapMegabytes * 1024 * 1024:X}";
        using var child = Process.Start(start)!;
        var printed = await child.StandardOutput.ReadToEndAsync(Cancellation);
        await child.WaitForExitAsync(Cancellation);
        Assert.True(child.ExitCode == 0 && printed.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), printed);
    }

    /// <summary>All that a file of the inbox goes through on this instance but the writing to storage, which goes over the same rows in the same way.</summary>
    [Fact(Explicit = true)]
    public async Task In_the_process_with_the_small_heap()
    {
        Assert.Equal(HeapMegabytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024);
        await using var book = await Book.WithReferences();
        using (IDisposable file = await MappedFile.Write(new GeneratedStream(Lines()), int.MaxValue, Cancellation) ?? throw new InvalidOperationException())
        {
            var bytes = ((MappedFile)file).Memory;
            Assert.True(bytes.Length > FileMegabytes * 1024 * 1024);
            await book.Commit(Book.Request with { Limits = PayloadLimits.File(Rows) }, new PayloadFile(Catalog.Get("Casualties"), RowFormat.Csv, bytes));
        }

        Assert.Equal(Rows, await book.Count("Casualties"));
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
