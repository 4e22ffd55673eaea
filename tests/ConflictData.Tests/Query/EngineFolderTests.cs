using ConflictData.Query;

namespace ConflictData.Tests.Query;

public sealed class EngineFolderTests
{
    [Fact]
    public void A_folder_that_a_killed_process_left_behind_is_removed_and_one_in_use_is_not()
    {
        using var inUse = new EngineFolder();
        var abandoned = Directory.CreateDirectory($"{inUse.Path[..^32]}{Guid.NewGuid():N}").FullName;
        File.WriteAllText(Path.Combine(abandoned, "spilled"), "");

        string path;
        using (var next = new EngineFolder())
        {
            path = next.Path;
            Assert.True(Directory.Exists(path));
        }

        Assert.Equal((false, false, true), (Directory.Exists(abandoned), Directory.Exists(path), Directory.Exists(inUse.Path)));
    }
}
