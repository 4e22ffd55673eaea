using Benchmarks.Harness;
using Microsoft.AspNetCore.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace Benchmarks.Baseline;

/// <summary>What one would build otherwise: Microsoft.AspNetCore.OData over a list in memory.</summary>
internal sealed class BaselineServer : IAsyncDisposable
{
    /// <summary>The entity set without the library's sorting.</summary>
    public const string AsListed = "CasualtiesAsListed";

    /// <summary>The entity set that can be grouped.</summary>
    public const string Groups = "CasualtyGroups";

    private readonly WebApplication web;

    private BaselineServer(WebApplication web, Uri root) => (this.web, Root) = (web, root);

    public Uri Root { get; }

    public static async Task<BaselineServer> Start(List<Casualty> rows, int pageSize)
    {
        var builder = Loopback.Builder();
        builder.Services.AddSingleton(new CasualtyTable(rows, pageSize));

        // Without the feature SkipToken next links carry $skip, which a list jumps to at once.
        builder.Services.AddControllers().AddOData(options =>
            options.Select().Filter().OrderBy().Count().SetMaxTop(null).AddRouteComponents("odata", Model()));
        var web = builder.Build();
        web.MapControllers();
        return new(web, new Uri(await Loopback.Start(web), "odata/"));
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static IEdmModel Model()
    {
        var builder = new ODataConventionModelBuilder();
        builder.EntitySet<Casualty>("Casualties").EntityType.HasKey(row => row.Id);
        builder.EntitySet<Casualty>(AsListed);
        builder.EntitySet<Casualty>(Groups);
        return builder.GetEdmModel();
    }
}
