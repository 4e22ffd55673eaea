using System.Reflection;
using System.Text.RegularExpressions;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LocalFunctionsHost.Functions;

/// <summary>The functions of an app.</summary>
internal sealed partial class FunctionCatalog
{
    /// <summary>Functions that a request runs, in the order of their names.</summary>
    public required IReadOnlyList<HttpFunction> Http { get; init; }

    /// <summary>Functions that the clock runs, in the order of their names.</summary>
    public required IReadOnlyList<TimerFunction> Timers { get; init; }

    /// <summary>Finds the functions of an assembly and refuses those that a Functions host would not run.</summary>
    public static FunctionCatalog Read(Assembly assembly, IConfiguration configuration, string routePrefix)
    {
        var functions = assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => Read(method, configuration, routePrefix))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToList();
        RefuseWrongNames(functions);
        return new() { Http = [.. functions.OfType<HttpFunction>()], Timers = [.. functions.OfType<TimerFunction>()] };
    }

    private static Function Read(MethodInfo method, IConfiguration configuration, string routePrefix)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
            {
                return HttpFunction.From(method, http, routePrefix);
            }

            if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is { } timer)
            {
                return TimerFunction.From(method, timer, configuration);
            }
        }

        throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} has no trigger that this host knows.");
    }

    private static void RefuseWrongNames(List<Function> functions)
    {
        if (functions.Find(function => !ValidName.IsMatch(function.Name)) is { } wrong)
        {
            throw new InvalidOperationException($"'{wrong.Name}' is no valid function name.");
        }

        if (functions.CountBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(name => name.Value > 1) is { Key: { } doubled })
        {
            throw new InvalidOperationException($"More than one function has the name '{doubled}'.");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex ValidName { get; }
}
