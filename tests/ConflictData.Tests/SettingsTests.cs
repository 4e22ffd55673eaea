using Microsoft.Extensions.Configuration;

namespace ConflictData.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("PageSize", "abc", "The setting PageSize must be a number.")]
    [InlineData("PageSize", "0", "The setting PageSize must be from 1 to 100000.")]
    [InlineData("LoadSample", "maybe", "The setting LoadSample must be true or false.")]
    [InlineData("PublicUrl", "conflict.example.org", "The setting PublicUrl must be an address that begins with http:// or https://.")]
    [InlineData("TokenSecrets", "swordfish", "The setting TokenSecrets must be id:base64, several separated by ;.")]
    [InlineData("StoragePrefix", "a-b", "The setting StoragePrefix must be letters and digits, a letter first, at most 31.")]
    [InlineData("EntraTenant", "common", "The setting EntraTenant must be the id of a tenant, a GUID.")]
    [InlineData("EntraMetadata", "http://login.example.org/metadata", "The setting EntraMetadata must be an address that begins with https://.")]
    [InlineData("AllowedOrigins", "*", "The setting AllowedOrigins must be origins such as https://example.org, several separated by ;.")]
    [InlineData("AllowedOrigins", "https://example.org/", "The setting AllowedOrigins must be origins such as https://example.org, several separated by ;.")]
    [InlineData("RequestsPerMinute", "-1", "The setting RequestsPerMinute must be from 0 to 1000000.")]
    [InlineData("OtlpEndpoint", "localhost:4318", "The setting OtlpEndpoint must be an address that begins with http:// or https://.")]
    [InlineData("License", "do what you want", "The setting License must be an id such as CC-BY-4.0, or an address that begins with http:// or https://.")]
    [InlineData("EngineMemory", "much", "The setting EngineMemory must be a size such as 1200MB.")]
    public void A_setting_that_cannot_be_used_is_named_and_not_repeated(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<StartupException>(() => Settings.Read(Of(name, value))).Message);

    [Theory]
    [InlineData("StoragePrefix", "")]
    [InlineData("StoragePrefix", "test1")]
    [InlineData("PublicUrl", "https://conflict.example.org/data")]
    [InlineData("TokenSecrets", "a:AAECAw==;b:BAUGBw==")]
    [InlineData("EntraTenant", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("EntraMetadata", "http://127.0.0.1:7071/metadata")]
    [InlineData("AllowedOrigins", "https://example.org;http://localhost:3000")]
    [InlineData("EngineMemory", "1.5GB")]
    public void Settings_that_can_be_used_are_taken(string name, string value) =>
        Assert.Equal(value, typeof(Settings).GetProperty(name)!.GetValue(Settings.Read(Of(name, value))));

    private static IConfiguration Of(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
