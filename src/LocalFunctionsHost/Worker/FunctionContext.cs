namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    public abstract string InvocationId { get; }

    /// <summary>Services of this invocation's own scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the caller has gone or the host stops.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}

/// <summary>What a function is.</summary>
public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}
