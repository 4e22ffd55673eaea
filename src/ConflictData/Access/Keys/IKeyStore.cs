namespace ConflictData.Access;

/// <summary>Where keys are kept. Safe for any number of instances at once; calls throw when storage cannot be reached.</summary>
public interface IKeyStore
{
    /// <summary>The key of that id; null where there is none.</summary>
    Task<KeyRecord?> Find(string id, CancellationToken cancellation);

    /// <summary>The first keys after an id, in the order of ids.</summary>
    Task<IReadOnlyList<KeyRecord>> After(string id, int most, CancellationToken cancellation);

    /// <summary>Keeps a new key, unless there is one of its id. Done again, it changes nothing.</summary>
    /// <returns>The key of that id as it is now.</returns>
    Task<KeyRecord> Add(KeyRecord key, CancellationToken cancellation);

    /// <summary>Changes a key, whatever is written to it meanwhile.</summary>
    /// <param name="id">The key.</param>
    /// <param name="change">Gives the same object where there is nothing to change; done again where another write came first.</param>
    /// <param name="cancellation">Stops the call.</param>
    /// <returns>The key as it is now; null where there is none.</returns>
    Task<KeyRecord?> Change(string id, Func<KeyRecord, KeyRecord> change, CancellationToken cancellation);

    /// <summary>Keeps a new key and changes the one whose place it takes: both or neither.</summary>
    /// <param name="key">The new key; its <see cref="KeyRecord.Replaces"/> names the other, whose <see cref="KeyRecord.ReplacedBy"/> is to name it.</param>
    /// <param name="change">Changes the other; null where nothing may take its place. Done again where another write came first.</param>
    /// <param name="cancellation">Stops the call.</param>
    /// <returns>The other key as it is now; null where there is none, or nothing may take its place: then nothing is kept.</returns>
    Task<KeyRecord?> Rotate(KeyRecord key, Func<KeyRecord, KeyRecord?> change, CancellationToken cancellation);

    /// <summary>Notes that a key was used.</summary>
    Task Used(string id, DateTimeOffset at, CancellationToken cancellation);
}
