using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>Short ways into JSON whose shape the schemas promise.</summary>
internal static class JsonReading
{
    extension(JsonNode node)
    {
        /// <summary>A property that is a text.</summary>
        public string Text(string name) => node[name]!.GetValue<string>();

        /// <summary>A property that may be a text.</summary>
        public string? TextOrNull(string name) => node[name]?.GetValue<string>();

        /// <summary>The items of a property that is a list; none where it is absent.</summary>
        public IEnumerable<JsonNode> Items(string name) => (node[name]?.AsArray() ?? []).Select(item => item!);
    }

    /// <summary>A finding, where something is wrong.</summary>
    public static IEnumerable<string> If(bool wrong, string finding) => wrong ? [finding] : [];
}
