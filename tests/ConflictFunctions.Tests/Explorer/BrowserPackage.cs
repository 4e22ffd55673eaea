using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>The npm package that the browser comes in: unpacked once beside itself, with the libraries that it brings for machines that lack them.</summary>
internal static class BrowserPackage
{
    /// <summary>The folder with the packages of these tests.</summary>
    public static string Folder => typeof(BrowserPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "BrowserFolder").Value!;

    /// <summary>The script that finds barriers in a page.</summary>
    public static string Axe => Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");

    private static string Packed => Path.Combine(Folder, "node_modules", "@sparticuz", "chromium", "bin");

    /// <summary>The browser and the folder of its libraries. Runs at once each unpack for themselves, and the first to finish puts its result in place.</summary>
    public static async Task<(string Browser, string Libraries)> Unpack()
    {
        var unpacked = Path.Combine(Packed, "unpacked");
        if (!Directory.Exists(unpacked))
        {
            var own = Directory.CreateDirectory(Path.Combine(Packed, $"unpacked.{Environment.ProcessId}.tmp"));
            await UnpackInto(own.FullName);
            try
            {
                own.MoveTo(unpacked);
            }
            catch (IOException) when (Directory.Exists(unpacked))
            {
                Directory.Delete(own.FullName, recursive: true);
            }
        }

        return (Path.Combine(unpacked, "chromium"), Path.Combine(unpacked, "lib"));
    }

    private static async Task UnpackInto(string folder)
    {
        var browser = Path.Combine(folder, "chromium");
        await using (var file = File.Create(browser))
        await using (var packed = Open("chromium.br"))
        {
            await packed.CopyToAsync(file);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await using var libraries = Open("al2023.tar.br");
        await TarFile.ExtractToDirectoryAsync(libraries, folder, overwriteFiles: true);
    }

    private static BrotliStream Open(string name) => new(File.OpenRead(Path.Combine(Packed, name)), CompressionMode.Decompress);
}
