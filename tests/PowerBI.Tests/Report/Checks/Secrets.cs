using System.Text.RegularExpressions;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Nothing in the project is a secret, and one host is named, in the parameter BaseUrl.</summary>
internal static partial class Secrets
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var lines = (from file in project.Files
                     from line in file.Value.Split('\n').Index()
                     select (Place: $"{file.Key}:{line.Index + 1}", Text: line.Item)).ToList();
        var hosts = lines.SelectMany(line => Hosts(line.Text).Select(host => (line.Place, line.Text, Host: host))).ToList();
        var parameter = hosts.Count(entry => IsParameter(entry.Text));
        return
        [
            .. lines.Where(line => Secret().IsMatch(line.Text)).Select(line => $"{line.Place} looks like a secret"),
            .. If(parameter != 1, $"BaseUrl names {parameter} hosts"),
            .. from entry in hosts
               where !IsParameter(entry.Text) && !IsOfFormat(entry.Place, entry.Text, entry.Host)
               select $"{entry.Place} names the host {entry.Host}",
        ];
    }

    private static bool IsParameter(string line) => line.StartsWith("expression BaseUrl = ", StringComparison.Ordinal);

    private static IEnumerable<string> Hosts(string line) => Url().Matches(line).Select(match => match.Groups[1].Value.ToLowerInvariant());

    /// <summary>Names of schemas and of the language of drawings: nobody fetches them.</summary>
    private static bool IsOfFormat(string place, string line, string host) => host switch
    {
        "developer.microsoft.com" => line.TrimStart().StartsWith("\"$schema\": \"https://developer.microsoft.com/json-schemas/fabric/", StringComparison.Ordinal),
        "www.w3.org" => place.Contains(".svg:", StringComparison.Ordinal) && line.Contains("xmlns=\"http://www.w3.org/2000/svg\"", StringComparison.Ordinal),
        _ => false,
    };

    [GeneratedRegex(@"\bcf_[A-Za-z0-9]+_\w+|[?&]code=\w|AccountKey=|SharedAccessSignature|[?&]sig=|eyJ[\w-]{10,}\.|\bpassword\s*=|x-(api|functions)-key\s*[:=]", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://([A-Za-z0-9.-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
