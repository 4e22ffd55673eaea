using ConflictData.Access;

namespace ConflictData.Tests.Access;

public sealed class AdminKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("admin-key-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_local_key_is_made_once_and_found_again()
    {
        var settings = new Settings { LocalFolder = folder };
        var made = new AdminKey(settings);
        Assert.True(made.IsLocal);
        Assert.Equal(made.Key, new AdminKey(settings).Key);
    }

    [Fact]
    public void Only_its_owner_can_read_the_file_of_the_local_key()
    {
        _ = new AdminKey(new Settings { LocalFolder = folder });
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "admin-key")));
        }
    }

    [Fact]
    public void A_key_from_the_settings_comes_first_and_is_not_shown()
    {
        var key = KeyText.Make();
        var given = new AdminKey(new Settings { LocalFolder = folder, AdminKey = key.Reveal() });
        Assert.Equal(key, given.Key);
        Assert.False(given.IsLocal);
    }

    [Fact]
    public void A_setting_that_is_no_key_ends_the_start_without_repeating_it()
    {
        var problem = Assert.Throws<StartupException>(() => new AdminKey(new Settings { AdminKey = "swordfish" }));
        Assert.DoesNotContain("swordfish", problem.Message);
    }

    [Theory]
    [InlineData("cf_a_b")]
    [InlineData("cf_admin_0123456789abcdefghijklmnopqrstu")]
    public void A_secret_that_can_be_guessed_ends_the_start_without_repeating_it(string key)
    {
        var problem = Assert.Throws<StartupException>(() => new AdminKey(new Settings { AdminKey = key }));
        Assert.Contains("AdminKey", problem.Message);
        Assert.Contains("32 or more", problem.Message);
        Assert.DoesNotContain(key, problem.Message);
    }

    [Fact]
    public void A_key_gives_only_its_id_away_when_it_is_printed_by_mistake()
    {
        var key = KeyText.Make();
        Assert.DoesNotContain(key.Secret, $"{key}");
    }
}
