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
            var names = Catalog.All.Select(known => known.Name).ToList();
            var hint = NearMiss.Find(stem, names) is { } near ? $": did you mean {near}?" : $". The datasets are {string.Join(", ", names)}.";
            return Refuse($"{Short(name)} is not named after a dataset{hint}");
        }

        return files.ContainsKey(dataset.Name) ? Refuse($"The set has two files of {dataset.Name}.") : dataset;
    }

    public void Add(PayloadFile file) => files.Add(file.Dataset.Name, file);

    public Result<PayloadFile[]> InOrder() => files.Count == 0
        ? Refuse("The set has no file.")
        : Catalog.All.Where(dataset => files.ContainsKey(dataset.Name)).Select(dataset => files[dataset.Name]).ToArray();

    public static ApiError Refuse(string detail) => new(ErrorCode.BadRequest, detail);

    public static string Short(string name) => name.Length <= 100 ? name : $"{name[..100]}…";
}
