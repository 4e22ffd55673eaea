using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Gathers the files of a set, at most one a dataset.</summary>
internal sealed class PayloadSet
{
    private readonly Dictionary<string, PayloadFile> files = [];

    /// <summary>The dataset that a file or part is named after; an error where there is none or it has a file already.</summary>
    public Result<Dataset> Name(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        if (Catalog.Find(stem) is not { } dataset)
        {
            return Refuse(stem.Length == 0
                ? "A part of the set has no name. Name each after its dataset, as curl -F 'Arrests=@arrests.csv' does."
                : UnknownDataset.Message(stem));
        }

        return files.ContainsKey(dataset.Name) ? Refuse($"The set has two files of {dataset.Name}. Leave one out, or put their rows into one file.") : dataset;
    }

    public void Add(PayloadFile file) => files.Add(file.Dataset.Name, file);

    public Result<PayloadFile[]> InOrder() => files.Count == 0
        ? Refuse("The set has no file of a dataset. Put in at least one, named {dataset}.csv.")
        : Catalog.All.Where(dataset => files.ContainsKey(dataset.Name)).Select(dataset => files[dataset.Name]).ToArray();

    public static ApiError Refuse(string detail) => new(ErrorCode.BadRequest, detail);

    public static string Short(string name) => name.Length <= 100 ? name : $"{name[..100]}…";
}
