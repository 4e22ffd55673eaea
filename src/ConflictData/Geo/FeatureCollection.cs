using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Query;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Geo;

/// <summary>
/// Rows as a GeoJSON FeatureCollection, sent as they are written. A row is a feature: its id, latitude and longitude, and its other columns
/// as properties. Where no coordinates are known the geometry is null, as RFC 7946 has it.
/// </summary>
internal sealed class FeatureCollection(QueryRows rows) : IResult
{
    private const string MediaType = "application/geo+json";
    private const int Latitude = 1;
    private const int Longitude = 2;
    private const int FirstProperty = 3;
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (rows)
        {
            httpContext.Response.ContentType = MediaType;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                await Write(httpContext);
            }
        }
    }

    private async Task Write(HttpContext context)
    {
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var sent = 0L;
        foreach (var row in rows.Rows())
        {
            Write(json, row);
            if (json.BytesCommitted + json.BytesPending - sent > FlushBytes)
            {
                json.Flush();
                sent = json.BytesCommitted;
                await output.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, QueryRow row)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", (string)row[0]!);
        if ((row[Latitude], row[Longitude]) is (double latitude, double longitude))
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", "Point");
            json.WriteStartArray("coordinates");
            json.WriteNumberValue(longitude);
            json.WriteNumberValue(latitude);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("geometry");
        }

        json.WriteStartObject("properties");
        for (var column = FirstProperty; column < rows.Columns.Count; column++)
        {
            ChangeJson.Value(json, rows.Columns[column].Name, row[column]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
