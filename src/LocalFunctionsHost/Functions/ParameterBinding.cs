using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>Gives the value of one parameter.</summary>
internal delegate object? ParameterBinding(Invocation invocation);

internal static class ParameterBindings
{
    /// <summary>One binding per parameter of a function.</summary>
    /// <param name="method">The function.</param>
    /// <param name="route">Its route; null for a timer.</param>
    /// <exception cref="InvalidOperationException">A parameter is nothing that a trigger brings.</exception>
    public static ParameterBinding[] For(MethodInfo method, RoutePattern? route) =>
        Array.ConvertAll(method.GetParameters(), parameter => For(parameter, route));

    private static ParameterBinding For(ParameterInfo parameter, RoutePattern? route)
    {
        var type = parameter.ParameterType;
        return type switch
        {
            _ when type == typeof(FunctionContext) => invocation => invocation,
            _ when type == typeof(CancellationToken) => invocation => invocation.CancellationToken,
            _ when type == typeof(TimerInfo) && route is null => invocation => invocation.Timer,
            _ when type == typeof(HttpRequest) && route is not null => invocation => invocation.Http!.Request,
            _ when route?.GetParameter(parameter.Name!) is not null => RouteValue(parameter.Name!, type),
            _ => throw new InvalidOperationException($"{parameter.Member.DeclaringType}.{parameter.Member.Name}: nothing brings a value for {type.Name} {parameter.Name}."),
        };
    }

    private static ParameterBinding RouteValue(string name, Type type)
    {
        var converter = TypeDescriptor.GetConverter(type);
        return invocation => invocation.Http!.Request.RouteValues[name] switch
        {
            null => null,
            string text when type == typeof(string) => text,
            var value => converter.ConvertFromInvariantString((string)value),
        };
    }
}
