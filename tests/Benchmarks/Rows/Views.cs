using System.Globalization;
using Benchmarks.Data;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>The views, each kind of read beside its like where nothing has to be computed.</summary>
internal sealed class Views : BenchmarkRow
{
    private const double Deep = 0.9;

    public override string Name => "views";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        var (wide, plain, totals) = (scene.Ours("CasualtiesWide"), scene.Ours("Casualties"), scene.Ours("MonthlyTotals"));
        var deep = (await scene.Client.Read(wide, (long)(scene.Scale.Shape.Current * Deep))).Next;
        var groups = (await scene.Client.Read(totals)).Rows;
        Require(deep is not null && groups > 0, "The view ends before its last tenth, or there are no totals.");
        var (hot, missing) = (scene.Ours($"CasualtiesWide?{Filter("ZoneKind", "hot")}"), scene.Ours($"Casualties?{Filter("Outcome", "missing")}"));
        return
        [
            await Compared(scene, "a page of CasualtiesWide; the other is one of Casualties", 30, Pages(scene, wide), Pages(scene, plain)),
            await Compared(scene, "a page deep in CasualtiesWide; the other is its first", 30, Pages(scene, deep!), Pages(scene, wide)),
            await Compared(scene, "filter of CasualtiesWide on ZoneKind + count; the other is of Casualties on Outcome", 150, Pages(scene, hot), Pages(scene, missing)),
            await Compared(scene, "a record of CasualtiesWide by key; the other is of Casualties", 10, Texts(scene, Key("CasualtiesWide")), Texts(scene, Key("Casualties"))),
            await Compared(scene, $"MonthlyTotals whole, {groups} rows; the other is as many of Casualties", 1000, Rows(scene, totals, groups), Rows(scene, plain, groups)),
            await Compared(scene, "a commit of a place, then a page of CasualtiesWide; the other is that page again", 1000, AfterCommit(scene, wide), Pages(scene, wide)),
            await Compared(scene, "a commit of a place, then a page of MonthlyTotals; the other is that page again", 1000, AfterCommit(scene, totals), Pages(scene, totals)),
        ];
    }

    private static string Filter(string column, string value) => $"$filter={column} eq '{value}'&$count=true&$top=50";

    private static string Key(string set) => $"{set}('{CasualtyCells.Id(FeedShape.Group)}')";

    private static Func<Task<long>> Pages(Scene scene, Uri page) => Again(scene, () => scene.Client.Read(page, 1));

    private static Func<Task<long>> Texts(Scene scene, string path) => Again(scene, () => scene.Client.Text(scene.Ours(path)));

    private static Func<Task<long>> AfterCommit(Scene scene, Uri page) => Again(scene, () =>
    {
        scene.App.RenamePlace();
        return scene.Client.Read(page, 1);
    });

    private static Func<Task<long>> Rows(Scene scene, Uri feed, long rows) => async () =>
    {
        await scene.Client.Read(feed, rows);
        return 1;
    };

    private static Func<Task<long>> Again(Scene scene, Func<Task> read) => async () =>
    {
        for (var number = 0; number < scene.Scale.Requests; number++)
        {
            await read();
        }

        return scene.Scale.Requests;
    };

    private static async Task<RowResult> Compared(Scene scene, string what, double most, Func<Task<long>> ours, Func<Task<long>> other)
    {
        var measured = await Compare.InTurns(scene.Scale.Runs, ours, other);
        return new(what, Milliseconds(measured[0]), Milliseconds(measured[1]), measured[0].FasterThan(measured[1]))
        {
            Targets = [new($"≤ {most} ms", measured[0].Milliseconds <= most)],
        };
    }

    private static string Milliseconds(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.Milliseconds:F1} ms");
}
