using System.Text.Json.Serialization;

namespace ConflictData.Snapshots;

[JsonSerializable(typeof(SnapshotManifest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SnapshotJson : JsonSerializerContext;
