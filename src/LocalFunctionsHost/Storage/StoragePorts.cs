namespace LocalFunctionsHost.Storage;

/// <summary>The ports of a storage emulator on this machine: blobs at the first, queues and tables at the two that follow.</summary>
internal readonly record struct StoragePorts(int Blob)
{
    public const int Default = 10000;

    public int Queue => Blob + 1;

    public int Table => Blob + 2;

    public string ConnectionString => EmulatorAccount.ConnectionString($"http://127.0.0.1:{Blob}", $"http://127.0.0.1:{Queue}", $"http://127.0.0.1:{Table}");
}
