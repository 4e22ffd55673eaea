using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Results;
using Microsoft.AspNetCore.OData.Routing.Controllers;

namespace Benchmarks.Baseline;

/// <summary>The rows and how many stand on a page.</summary>
public sealed record CasualtyTable(List<Casualty> Rows, int PageSize);

/// <summary>The entity set as the library's documentation writes one: it sorts by key, so that pages fit together.</summary>
public sealed class CasualtiesController(CasualtyTable table) : ODataController
{
    public IActionResult Get(ODataQueryOptions<Casualty> options) =>
        Ok(options.ApplyTo(table.Rows.AsQueryable(), new ODataQuerySettings { PageSize = table.PageSize }));

    [EnableQuery]
    public SingleResult<Casualty> Get(string key) => SingleResult.Create(table.Rows.Where(row => row.Id == key).AsQueryable());
}

/// <summary>The same rows without that sort, which a list that never changes can do without: pages come in the list's order.</summary>
public sealed class CasualtiesAsListedController(CasualtyTable table) : ODataController
{
    public IActionResult Get(ODataQueryOptions<Casualty> options) =>
        Ok(options.ApplyTo(table.Rows.AsQueryable(), new ODataQuerySettings { PageSize = table.PageSize, EnsureStableOrdering = false }));
}

/// <summary>The same rows by the library's attribute: groups come as OData from it alone.</summary>
public sealed class CasualtyGroupsController(CasualtyTable table) : ODataController
{
    [EnableQuery]
    public IQueryable<Casualty> Get() => table.Rows.AsQueryable();
}
