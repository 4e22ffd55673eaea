using System.Security.Cryptography;
using System.Text;

namespace ConflictData.OData;

/// <summary>Tells queries apart: which rows, in which order, under which root. Not how the answer is written.</summary>
internal static class QueryHash
{
    public const int Length = 16;

    public static byte[] Of(ODataCall call, ODataTarget target, RequestOptions options)
    {
        var text = new StringBuilder().AppendJoin('\0', call.Release, target.Kind, target.Dataset is null ? null : target.Address, target.Key, target.Column?.Name);
        var read = options.Values.Where(pair => pair.Key is not ("skiptoken" or "format")).Concat(options.Aliases);
        foreach (var (name, value) in read.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append('\0').Append(name).Append('\0').Append(value);
        }
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..Length];
    }
}
