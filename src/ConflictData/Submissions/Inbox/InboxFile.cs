using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;

namespace ConflictData.Submissions;

/// <summary>A file as it lay in container inbox when that was listed.</summary>
/// <param name="Name">Its name there, {dataset}/{file}.</param>
/// <param name="Version">Changes with everything that is written to it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">When it was last written to, by the clock of storage.</param>
public sealed record InboxFile(string Name, ETag Version, long Length, DateTimeOffset WrittenAt)
{
    /// <summary>In whose name files are submitted.</summary>
    public const string Owner = "inbox";

    /// <summary>True while somebody may still be writing it, as far as can be seen: it is leased, or was written to just now.</summary>
    public bool IsGrowing { get; init; }

    /// <summary>The same for every instance that sees this version of the file, and for no other; names may be longer than a key.</summary>
    public string IdempotencyKey { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}\n{Version}")));

    /// <summary>
    /// Where it goes: by the month in which it was written, with the second before its own name, so that no file takes the place of
    /// another of the same name and every run finds the same place.
    /// </summary>
    public string Place
    {
        get
        {
            var at = WrittenAt.UtcDateTime;
            var slash = Name.LastIndexOf('/') + 1;
            return string.Create(CultureInfo.InvariantCulture, $"{at:yyyy}/{at:MM}/{Name[..slash]}{at:yyyyMMdd'T'HHmmss'Z'}-{Name[slash..]}");
        }
    }
}
