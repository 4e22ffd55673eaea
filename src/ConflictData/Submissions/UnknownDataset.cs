using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>What is said of a name that rows cannot be sent to.</summary>
internal static class UnknownDataset
{
    public static string Message(string name)
    {
        if (Catalog.FindSet(name) is { } view)
        {
            return $"{view} is a view, which the app computes from {string.Join(", ", view.Reads)}. Send what is to change there, and leave {view} out.";
        }

        var names = Catalog.All.Select(dataset => dataset.Name).ToList();
        return NearMiss.Find(name, names) is { } near
            ? $"There is no dataset {name}: did you mean {near}?"
            : $"There is no dataset {PayloadSet.Short(name)}. There are {string.Join(", ", names)}.";
    }
}
