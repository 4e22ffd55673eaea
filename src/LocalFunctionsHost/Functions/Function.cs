using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>A method of the app that a trigger runs.</summary>
internal abstract class Function(MethodInfo method, ParameterBinding[] parameters) : FunctionDefinition
{
    private readonly ObjectFactory create = ActivatorUtilities.CreateFactory(method.DeclaringType!, []);

    public override string Name { get; } = method.GetCustomAttribute<FunctionAttribute>()!.Name;

    /// <summary>Runs it on a new instance of its class and returns its result, null where it has none.</summary>
    public async Task<object?> Run(Invocation invocation)
    {
        var instance = method.IsStatic ? null : create(invocation.InstanceServices, []);
        var arguments = Array.ConvertAll(parameters, parameter => parameter(invocation));
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return await Completed(returned);
    }

    private static async Task<object?> Completed(object? returned)
    {
        switch (returned)
        {
            case Task<Microsoft.AspNetCore.Http.IResult> result:
                return await result;
            case Task task:
                await task;
                return null;
            default:
                return returned;
        }
    }
}
