namespace ConflictData.Access;

/// <summary>
/// The first admin key: from the setting <see cref="Settings.AdminKey"/> where it is given, else from a file in
/// <see cref="Settings.LocalFolder"/>, made at the first start. Without either there is none.
/// </summary>
public sealed class AdminKey
{
    private const string FileName = "admin-key";

    /// <summary>Characters of a secret that somebody made; as letters and digits at random, far more than anybody can guess.</summary>
    private const int ShortestSecret = 32;

    public AdminKey(Settings settings)
    {
        IsLocal = settings.AdminKey.Length == 0 && settings.LocalFolder.Length > 0;
        Key = settings.AdminKey.Length > 0 ? Parse(settings.AdminKey, "The setting AdminKey")
            : IsLocal ? ReadOrMake(settings.LocalFolder)
            : null;
    }

    public KeyText? Key { get; }

    /// <summary>True where the key belongs to this machine alone and so may be shown on its console.</summary>
    public bool IsLocal { get; }

    private static KeyText ReadOrMake(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        try
        {
            using var file = new FileStream(path, NewFile());
            using var writer = new StreamWriter(file);
            var key = KeyText.Make();
            writer.Write(key.Reveal());
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            return Parse(File.ReadAllText(path).Trim(), $"The file {FileName} in the local folder");
        }
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static KeyText Parse(string text, string where) =>
        !KeyText.TryRead(text, out var key)
            ? throw new StartupException($"{where} does not hold a key of the form cf_{{id}}_{{secret}}. Correct it, or remove it to have a new one made.")
        : key.Secret.Length < ShortestSecret
            ? throw new StartupException($"{where} holds a key that can be guessed: its secret has {key.Secret.Length} characters. Take {ShortestSecret} or more at random, or remove it to have a new one made.")
        : key;
}
