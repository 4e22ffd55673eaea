namespace ConflictData.Tests;

/// <summary>Expected bytes that are kept in files.</summary>
internal static class Golden
{
    /// <summary>True while UPDATE_GOLDEN=1: the files are written anew instead of compared. For a developer's machine only.</summary>
    public static bool Overwrite => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";
}
