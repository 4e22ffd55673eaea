using System.Text.RegularExpressions;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Nothing in the project is a secret, and one host is named, in the parameter BaseUrl.</summary>
internal static partial class Secrets
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var lines = project.Files.SelectMany(file => file.Value.Split('\n').Select((text, index) => (Place: $"{file.Key}:{index + 1}", Text: text))).ToList();
        var parameter = lines.Where(line => IsParameter(line.Text)).SelectMany(line => Hosts(line.Text)).ToList();
        return
        [
            .. lines.Where(line => Secret().IsMatch(line.Text)).Select(line => $"{line.Place} looks like a secret"),
            .. parameter.Count == 1 ? Array.Empty<string>() : [$"BaseUrl names {parameter.Count} hosts"],
            .. lines.Where(line => !IsParameter(line.Text)).SelectMany(line => Hosts(line.Text).Where(host => !IsOfFormat(line.Place, line.Text, host)).Select(host => $"{line.Place} names the host {host}")),
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
