namespace LocalFunctionsHost.Storage;

/// <summary>The account that every storage emulator has; documented, no secret.</summary>
internal static class EmulatorAccount
{
    private const string Name = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Connection string for services at these addresses.</summary>
    public static string ConnectionString(string blob, string queue, string table) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint={blob}/{Name};QueueEndpoint={queue}/{Name};TableEndpoint={table}/{Name};";
}
