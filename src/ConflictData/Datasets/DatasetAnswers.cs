using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Datasets;

/// <summary>What the dataset addresses answer.</summary>
public static class DatasetAnswers
{
    /// <summary>Every dataset with the addresses of its schema, feed and newest file.</summary>
    public static IResult List(ApiCall call) => new JsonResult(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("datasets");
        foreach (var dataset in Catalog.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name", dataset.Name);
            json.WriteString("title", dataset.Title);
            json.WriteString("description", dataset.Description);
            json.WriteString("kind", dataset.IsView ? "view" : dataset.IsFact ? "fact" : "reference");
            json.WriteNumber("columns", dataset.Columns.Count);
            json.WriteString("schema", call.Links.To($"datasets/{dataset.Name}").AbsoluteUri);
            json.WriteString("feed", call.Links.To($"odata/{dataset.Name}").AbsoluteUri);
            json.WriteString("csv", call.Links.To($"snapshots/latest/{dataset.FileName}.csv").AbsoluteUri);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The dataset's Table Schema as it stands in the source.</summary>
    public static IResult Schema(string name) => Catalog.FindSet(name) is { } dataset
        ? Results.Bytes(dataset.Schema, "application/json")
        : new ErrorResult(
            new(ErrorCode.NotFound, $"There is no dataset of this name. There are {string.Join(", ", Catalog.Sets)}.") { Target = "dataset" },
            ErrorShape.Problem);
}
