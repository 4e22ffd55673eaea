namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that takes the HTTP request which runs the function.</summary>
/// <param name="authLevel">Who may call; the local host asks nobody for a host key.</param>
/// <param name="methods">Methods that reach the function, in any case; none = all.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>Route template under the route prefix; null = the function's name.</summary>
    public string? Route { get; set; }

    public string[]? Methods { get; } = methods;

    public AuthorizationLevel AuthLevel { get; } = authLevel;
}

/// <summary>Which key of the Functions host a caller has to send.</summary>
public enum AuthorizationLevel
{
    Anonymous,
    User,
    Function,
    System,
    Admin,
}
