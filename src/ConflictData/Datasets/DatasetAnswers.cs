using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Datasets;

/// <summary>What the address of a dataset answers.</summary>
public static class DatasetAnswers
{
    /// <summary>The dataset's Table Schema as it stands in the source.</summary>
    public static IResult Schema(string name) => Catalog.FindSet(name) is { } dataset
        ? Results.Bytes(dataset.Schema, "application/json")
        : new ErrorResult(
            new(ErrorCode.NotFound, $"There is no dataset of this name. There are {string.Join(", ", Catalog.Sets)}.") { Target = "dataset" },
            ErrorShape.Problem);
}

/// <summary>A dataset or view as the API describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What its rows are.</param>
/// <param name="Kind">fact, reference or view.</param>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Schema">Its Table Schema.</param>
/// <param name="Feed">Its feed at the newest release.</param>
/// <param name="Csv">Its newest published file; null for a view that tells of tags, which has none.</param>
public sealed record DatasetDocument(string Name, string Title, string Description, string Kind, int Columns, Uri Schema, Uri Feed, Uri? Csv)
{
    internal static DatasetDocument Of(Dataset dataset, Links links) => new(
        dataset.Name,
        dataset.Title,
        dataset.Description,
        dataset.IsView ? "view" : dataset.IsFact ? "fact" : "reference",
        dataset.Columns.Count,
        links.To($"datasets/{dataset.Name}"),
        links.To($"odata/{dataset.Name}"),
        dataset.ReadsTags ? null : links.To($"snapshots/latest/{dataset.FileName}.csv"));
}

/// <summary>Every dataset and view.</summary>
public sealed record DatasetList(IReadOnlyList<DatasetDocument> Datasets);
