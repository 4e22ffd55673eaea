using Azure.Core;

namespace ConflictData.Tests.Faults;

/// <summary>Storage is tried again as often as an app does it, but sooner, so that a test waits less for faults of its own making.</summary>
internal static class ShortPauses
{
    public static void Between(ClientOptions options) => options.Retry.Delay = TimeSpan.FromMilliseconds(20);
}
