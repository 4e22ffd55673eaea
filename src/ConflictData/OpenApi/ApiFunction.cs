namespace ConflictData.OpenApi;

/// <summary>A function that HTTP requests run, as its attributes declare it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Route">Its address under /api/, with parts in braces.</param>
/// <param name="Methods">The methods that reach it, in any letter case.</param>
public sealed record ApiFunction(string Name, string Route, IReadOnlyList<string> Methods)
{
    /// <summary>The address as an operation describes it, who may put something more definite in the place of a part.</summary>
    internal string PathOf(Operation operation) =>
        "/" + (operation.Part is var (part, value) ? Route.Replace(part, value, StringComparison.Ordinal) : Route).TrimEnd('/');

    internal bool Answers(HttpMethod method) => Methods.Contains(method.Method, StringComparer.OrdinalIgnoreCase);
}
