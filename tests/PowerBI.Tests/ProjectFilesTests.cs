using ConflictData.Tests;

namespace PowerBI.Tests;

/// <summary>What holds for every file of the Power BI project.</summary>
public class ProjectFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "powerbi");

    [Fact]
    public void The_project_lies_where_the_readme_says() => Assert.True(Directory.Exists(Folder));
}
