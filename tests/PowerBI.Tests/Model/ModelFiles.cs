using ConflictData.Tests;

namespace PowerBI.Tests.Model;

/// <summary>The semantic model of the project.</summary>
internal static class ModelFiles
{
    public static readonly string Folder = Path.Combine(Repository.Root, "powerbi", "ConflictFunctions.SemanticModel");

    public static readonly SemanticModel Model = SemanticModel.Load(Folder);
}
