using ConflictFunctions.Tests.Running;
using ConflictFunctions.Tests.Running.PowerBI;
using PowerBI.Tests.Model.M;

namespace PowerBI.Tests.Model.Evaluation;

/// <summary>The model with the rows of the bundled sample in it, read from the running app once for all tests that need them.</summary>
[CollectionDefinition(nameof(SampleModel))]
public sealed class SampleModel(RunningApp app) : IAsyncLifetime, ICollectionFixture<SampleModel>
{
    private static readonly string[] Facts = ["Casualties", "Arrests", "AttackCounts", "Figures", "ZoneMemberships"];

    private readonly Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> rows = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything, with no filter.</summary>
    internal FilterContext All => field ??= With(ModelFiles.Model);

    /// <summary>The same rows under another model.</summary>
    internal FilterContext With(SemanticModel model) => new(new(model, rows), []);

    public async ValueTask InitializeAsync()
    {
        var (model, engine) = (ModelFiles.Model, new Mashup(app.Anonymous, app.AdminKey));
        foreach (var table in model.Tables)
        {
            rows[table.Name] = table.Name == "Zone date" || FeedTable.Of(table.M) is not { } feed
                ? LoadedTables.Listed(table)
                : LoadedTables.FromFeed(table, await engine.Rows($"releases/1/odata/{feed.Address}"));
        }

        foreach (var table in (string[])["Date", "Month"])
        {
            rows[table] = LoadedTables.Referred(model, table, rows);
        }

        Assert.All(Facts, fact => Assert.NotEmpty(rows[fact]));
        rows["Zone date"] = [.. Days(rows["ZoneMemberships"]).Select(day => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["AsOf"] = day })];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The first of each month from the first day of any membership to the last, and each first day.</summary>
    private static IEnumerable<DateTime> Days(IReadOnlyList<IReadOnlyDictionary<string, object?>> memberships)
    {
        var begins = memberships.Select(row => row["ValidFrom"]).OfType<DateTime>().Distinct().ToList();
        var known = begins.Concat(memberships.Select(row => row["ValidTo"]).OfType<DateTime>()).ToList();
        var months = new List<DateTime>();
        for (var month = new DateTime(known.Min().Year, known.Min().Month, 1); month <= known.Max(); month = month.AddMonths(1))
        {
            months.Add(month);
        }

        return months.Concat(begins).Distinct().Order();
    }
}
