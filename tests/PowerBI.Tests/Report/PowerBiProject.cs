using System.Text.Json;
using System.Text.Json.Nodes;
using PowerBI.Tests.Model;

namespace PowerBI.Tests.Report;

/// <summary>A Power BI project on disk: the one in the checkout, or a copy of it with a fault.</summary>
/// <param name="root">The folder that holds ConflictFunctions.Report and ConflictFunctions.SemanticModel.</param>
internal sealed class PowerBiProject(string root)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Lazy<ReportDefinition> report = new(() => ReportDefinition.Load(Path.Combine(root, "ConflictFunctions.Report")));

    private readonly Lazy<SemanticModel> model = new(() => SemanticModel.Load(Path.Combine(root, "ConflictFunctions.SemanticModel")));

    public string Root => root;

    public string ReportFolder => Path.Combine(root, "ConflictFunctions.Report");

    public ReportDefinition Report => report.Value;

    public SemanticModel Model => model.Value;

    /// <summary>Every file, as paths relative to the root with slashes, in order; what Power BI Desktop keeps for its user alone is left out.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/.pbi/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public string Read(string file) => File.ReadAllText(Path.Combine(root, file));

    /// <summary>Reads JSON as Desktop does: no comments, no property twice.</summary>
    public static JsonNode Parse(string text) => JsonNode.Parse(text, documentOptions: Strict)!;
}
