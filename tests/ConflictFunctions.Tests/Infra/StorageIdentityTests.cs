using System.Reflection;
using System.Runtime.Loader;
using Azure.Data.Tables;
using ConflictData;
using ConflictData.Storage;
using Microsoft.Extensions.Configuration;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Storage reached by identity, and by connection string.</summary>
public sealed class StorageIdentityTests
{
    private const string Key = "UseDevelopmentStorage=true";

    /// <summary>What the Azure library gets tokens by.</summary>
    private const string TokenLibrary = "Microsoft.Identity.Client";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_identity_calls_show_the_token_of_the_identity_that_is_named_and_ask_for_it_once()
    {
        await using var tokens = await TokenEndpoint.Start(Cancellation);
        var sent = new SentCalls();
        var account = new StorageAccount(
            Read(("AzureWebJobsStorage__accountName", "host"), ("DataStorage__accountName", "data"), ("DataStorage__credential", "managedidentity"), ("DataStorage__clientId", "me")),
            options => options.Transport = sent.Transport);

        Assert.False((await account.Container("inbox").GetBlobClient("x").ExistsAsync(Cancellation)).Value);
        Assert.False((await account.Table("Commits").GetEntityIfExistsAsync<TableEntity>("log", "x", cancellationToken: Cancellation)).HasValue);
        Assert.False((await account.Container("archive").GetBlobClient("x").ExistsAsync(Cancellation)).Value);

        Assert.Equal(["data.blob.core.windows.net", "data.table.core.windows.net", "data.blob.core.windows.net"], sent.All.Select(call => call.Address.Host));
        Assert.All(sent.All, call => Assert.Equal("Bearer token of me", call.Authorization));
        Assert.Equal("https://storage.azure.com", Assert.Single(tokens.Asked)["resource"]);
    }

    [Fact]
    public async Task By_connection_string_calls_are_signed_with_its_key()
    {
        var sent = new SentCalls();
        var account = new StorageAccount(Read(("AzureWebJobsStorage", Key)), options => options.Transport = sent.Transport);

        await account.Container("inbox").GetBlobClient("x").ExistsAsync(Cancellation);

        Assert.StartsWith("SharedKey devstoreaccount1:", Assert.Single(sent.All).Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://data.table.core.windows.net/", "DataStorage__accountName=data")]
    [InlineData("", "https://host.table.core.windows.net/", "AzureWebJobsStorage__accountName=host")]
    [InlineData("", "https://elsewhere.example/", "AzureWebJobsStorage__accountName=host", "AzureWebJobsStorage__tableServiceUri=https://elsewhere.example/")]
    [InlineData("", "https://data.table.core.windows.net/", "AzureWebJobsStorage=UseDevelopmentStorage=true", "DataStorage__accountName=data")]
    [InlineData(Key, "http://127.0.0.1:10002/devstoreaccount1", "AzureWebJobsStorage=UseDevelopmentStorage=true", "AzureWebJobsStorage__accountName=host")]
    [InlineData(Key, "http://127.0.0.1:10002/devstoreaccount1", "AzureWebJobsStorage__accountName=host", "DataStorage=UseDevelopmentStorage=true")]
    [InlineData(Key, "http://127.0.0.1:10002/devstoreaccount1")]
    public void The_account_is_that_of_the_data_else_that_of_the_host_and_a_connection_string_goes_before_a_name(string key, string tables, params string[] settings)
    {
        var read = Read([.. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);

        var client = StorageClients.Tables(read);

        Assert.Equal(tables, client.Uri.ToString());
        Assert.Equal(key.Length > 0, StorageClients.Blobs(read).CanGenerateAccountSasUri);
    }

    [Theory]
    [InlineData("DataStorage__accountName=data", "DataStorage__credential=password")]
    [InlineData("DataStorage__blobServiceUri=https://data.example/")]
    [InlineData("DataStorage__accountName=data base")]
    [InlineData("DataStorage=AccountName=x;AccountKey=swordfish")]
    public void What_cannot_be_used_is_told_in_one_line_that_repeats_nothing(params string[] settings)
    {
        var read = Read([.. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);

        var problem = Assert.Throws<StartupException>(() => new StorageAccount(read));

        Assert.StartsWith("What says how storage is reached cannot be read. Set AzureWebJobsStorage to", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(settings[^1].Split('=')[^1], problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void Who_uses_a_connection_string_does_not_even_load_what_makes_tokens()
    {
        Assert.DoesNotContain(TokenLibrary, Loaded(("AzureWebJobsStorage", Key)));
        Assert.Contains(TokenLibrary, Loaded(("AzureWebJobsStorage__accountName", "host")));
    }

    /// <summary>Assemblies that making an account asks for, in copies of the app's and of Azure's libraries that have been used for nothing else.</summary>
    private static IReadOnlyCollection<string> Loaded(params (string, string)[] settings)
    {
        var context = new Watched();
        var library = context.LoadFromAssemblyPath(typeof(StorageAccount).Assembly.Location);
        var read = library.GetType(typeof(Settings).FullName!)!.GetMethod(nameof(Settings.Read))!.Invoke(null, [Configuration(settings)]);
        Activator.CreateInstance(library.GetType(typeof(StorageAccount).FullName!)!, read);
        context.Unload();
        return context.Asked;
    }

    private static Settings Read(params (string Name, string Value)[] settings) => Settings.Read(Configuration(settings));

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build();

    private sealed class Watched() : AssemblyLoadContext(isCollectible: true)
    {
        public HashSet<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name!);
            return assemblyName.Name!.StartsWith("Azure.", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))
                : null;
        }
    }
}
