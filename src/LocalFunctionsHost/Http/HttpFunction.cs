using System.Reflection;
using LocalFunctionsHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Http;

/// <summary>A function that a request runs.</summary>
internal sealed class HttpFunction(MethodInfo method, RoutePattern route, string[] methods) : Function(method, ParameterBindings.For(method, route))
{
    /// <summary>Route template with the route prefix.</summary>
    public RoutePattern Route => route;

    /// <summary>Methods in upper case; empty = all.</summary>
    public string[] Methods => methods;

    public static HttpFunction From(MethodInfo method, HttpTriggerAttribute trigger, string routePrefix)
    {
        if (method.ReturnType != typeof(IResult) && method.ReturnType != typeof(Task<IResult>))
        {
            throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} must return IResult or Task<IResult>.");
        }

        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var route = RoutePatternFactory.Parse($"{routePrefix}/{trigger.Route ?? name}".TrimStart('/'));
        return new(method, route, Array.ConvertAll(trigger.Methods ?? [], verb => verb.ToUpperInvariant()));
    }
}
