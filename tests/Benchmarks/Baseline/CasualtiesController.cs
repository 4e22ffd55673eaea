using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Results;
using Microsoft.AspNetCore.OData.Routing.Controllers;

namespace Benchmarks.Baseline;

/// <summary>The rows with the settings of their queries.</summary>
public sealed record CasualtyTable(List<Casualty> Rows, ODataQuerySettings Query);

/// <summary>The entity set, as the library's own examples write one.</summary>
public sealed class CasualtiesController(CasualtyTable table) : ODataController
{
    public IActionResult Get(ODataQueryOptions<Casualty> options) => Ok(options.ApplyTo(table.Rows.AsQueryable(), table.Query));

    [EnableQuery]
    public SingleResult<Casualty> Get(string key) => SingleResult.Create(table.Rows.Where(row => row.Id == key).AsQueryable());
}
