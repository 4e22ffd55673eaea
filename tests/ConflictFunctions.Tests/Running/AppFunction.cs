using System.Reflection;
using ConflictFunctions.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Tests.Running;

/// <summary>A function of the app that a request runs, as its attributes say: whoever asks all of them asks new ones too.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Route">Its address under /api/, with parts in braces.</param>
/// <param name="Methods">The methods that it is called by, in lower case.</param>
internal sealed record AppFunction(string Name, string Route, IReadOnlyList<string> Methods)
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<AppFunction> All { get; } =
    [
        .. from type in typeof(ODataFunctions).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where function is not null && trigger is not null
           orderby function.Name
           select new AppFunction(function.Name, trigger.Route!, trigger.Methods!),
    ];
}
