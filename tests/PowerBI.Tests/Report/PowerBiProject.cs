using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictData.Tests;
using PowerBI.Tests.Model;

namespace PowerBI.Tests.Report;

/// <summary>The files of a Power BI project: the one in the checkout, or a copy of it with a fault.</summary>
/// <param name="files">Text of each file, by its path from the root of the project with slashes.</param>
internal sealed class PowerBiProject(IReadOnlyDictionary<string, string> files)
{
    public const string ReportFolder = "ConflictFunctions.Report";

    private const string ModelFolder = "ConflictFunctions.SemanticModel/definition/";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Lazy<ReportDefinition> report = new(() => ReportDefinition.Of(files));

    private readonly Lazy<SemanticModel> model = new(() => new(
        files.Where(file => file.Key.StartsWith(ModelFolder, StringComparison.Ordinal)).ToDictionary(file => file.Key[ModelFolder.Length..], file => file.Value)));

    /// <summary>The project in the checkout, read once.</summary>
    public static PowerBiProject InCheckout { get; } = Load(Root);

    public static string Root => Path.Combine(Repository.Root, "powerbi");

    public IReadOnlyDictionary<string, string> Files => files;

    public ReportDefinition Report => report.Value;

    public SemanticModel Model => model.Value;

    /// <summary>A copy in which one file has another text.</summary>
    public PowerBiProject With(string file, string text) => new(new Dictionary<string, string>(files) { [file] = text });

    /// <summary>Writes the files of the report into a folder, for a reader that wants them there.</summary>
    public void WriteReport(string folder)
    {
        foreach (var (file, text) in files.Where(file => file.Key.StartsWith(ReportFolder + "/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }
    }

    /// <summary>Reads JSON as Desktop does: no comments, no property twice.</summary>
    public static JsonNode Parse(string text) => JsonNode.Parse(text, documentOptions: Strict)!;

    /// <summary>What Power BI Desktop keeps for its user alone is left out.</summary>
    private static PowerBiProject Load(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/.pbi/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(root, file))));
}
