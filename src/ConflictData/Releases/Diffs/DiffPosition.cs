using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>Where a page of a diff starts: behind a record of one of the datasets. As text <c>Casualties:id</c>.</summary>
/// <param name="Index">Index of the dataset.</param>
/// <param name="Dataset">Its name.</param>
/// <param name="Id">The id that comes before; "" = none.</param>
internal readonly record struct DiffPosition(int Index, string Dataset, string Id)
{
    public static DiffPosition Behind(RecordChange change, Dataset[] datasets) =>
        new(Array.IndexOf(datasets, change.Dataset), change.Dataset.Name, change.Id);

    /// <summary>Reads what a next link holds; "" is the start.</summary>
    public static Result<DiffPosition> Read(string text, Dataset[] datasets)
    {
        if (text.Length == 0)
        {
            return new DiffPosition(0, datasets[0].Name, "");
        }

        return text.Split(':', 2) is [var name, var id] && Array.FindIndex(datasets, dataset => dataset.Name == name) is >= 0 and var index
            ? new DiffPosition(index, name, id)
            : new ApiError(ErrorCode.BadRequest, "after is not what a link to a next page holds. Begin again without it.") { Target = "after" };
    }

    public override string ToString() => $"{Dataset}:{Id}";
}
