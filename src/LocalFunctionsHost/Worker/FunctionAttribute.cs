namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function.</summary>
/// <param name="name">Its name, unique in the app.</param>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
