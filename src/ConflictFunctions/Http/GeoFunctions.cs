using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Geo;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Places and zones for maps.</summary>
public sealed class GeoFunctions(ApiPipeline pipeline, GeoAnswers geo)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);

    [Function("GeoPlaces")]
    public Task<IResult> Places(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "geo/places")] HttpRequest request) =>
        pipeline.Run(request, Read, geo.Places);

    [Function("GeoZones")]
    public Task<IResult> Zones(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "geo/zones")] HttpRequest request) =>
        pipeline.Run(request, Read, geo.Zones);
}
