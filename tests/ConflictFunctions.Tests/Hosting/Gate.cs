namespace ConflictFunctions.Tests.Hosting;

/// <summary>Holds a function up until the test lets it go on.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened => opened.Task;

    public void Open() => opened.SetResult();
}
