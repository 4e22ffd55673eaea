using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.OpenApi;

namespace ConflictData.Tests.OpenApi;

public sealed class DocumentTests
{
    private static readonly ApiFunction[] Some = [new("HealthLive", "health/live", ["get", "head"]), new("OData", "odata/{*path}", ["get", "head", "post"])];

    [Fact]
    public void The_same_functions_and_settings_make_the_same_bytes()
    {
        Assert.Equal(ApiDocument.Of(Some, new Settings()).Write(), ApiDocument.Of([.. Some.Reverse()], new Settings()).Write());
        Assert.Equal(ApiDocument.Of(Some, new Settings()).Write(asYaml: true), ApiDocument.Of(Some, new Settings()).Write(asYaml: true));
    }

    [Theory]
    [InlineData("Unheard", "unheard", "get")]
    [InlineData("HealthLive", "health/live", "post")]
    public void A_function_that_is_not_described_as_it_is_declared_is_a_bug(string name, string route, string method) =>
        Assert.Contains(name, Assert.Throws<InvalidOperationException>(() => ApiDocument.Of([new(name, route, [method])], new Settings())).Message);

    [Fact]
    public void Limits_are_those_that_are_set()
    {
        var settings = new Settings { PageSize = 4321, MaxApplySteps = 17, MaxBatchRequests = 23 };
        var text = ApiDocument.Of(Some, settings).Write();
        Assert.All(["pages of 4321", "At most 17 steps", "At most 23 requests"], limit => Assert.Contains(limit, text));
    }

    [Fact]
    public void A_record_has_the_columns_of_its_Table_Schema_with_all_that_they_say()
    {
        var schemas = JsonNode.Parse(ApiDocument.Of(Some, new Settings()).Write())!["components"]!["schemas"]!;
        foreach (var set in Catalog.Sets)
        {
            var properties = schemas[set.Name]!["properties"]!.AsObject();
            Assert.Equal(set.Columns.Select(column => column.Name), properties.Select(property => property.Key));
            foreach (var column in set.Columns)
            {
                var schema = properties[column.Name]!;
                Assert.StartsWith(column.Description, (string)schema["description"]!);
                Assert.Equal(column.Title, (string)schema["title"]!);
                Assert.Equal(column.Allowed, (schema["enum"]?.AsArray() ?? []).OfType<JsonNode>().Select(value => (string)value!));
                Assert.Equal(column.Pattern is null ? null : $"^(?:{column.Pattern})$", (string?)schema["pattern"]);
                Assert.Equal((column.Minimum, column.Maximum), ((double?)schema["minimum"], (double?)schema["maximum"]));
                Assert.Equal(column.Role != ColumnRole.Given, (bool?)schema["readOnly"] ?? false);
                var mayBeNull = schema["type"] is JsonArray types && types.Any(type => (string)type! == "null");
                Assert.False(mayBeNull && column.Required);
            }
        }
    }
}
