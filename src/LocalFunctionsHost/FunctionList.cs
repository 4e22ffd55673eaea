using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Http;

namespace LocalFunctionsHost;

/// <summary>Lists the functions at start, in the form that the Functions tools do.</summary>
internal static class FunctionList
{
    public static void Write(TextWriter output, FunctionCatalog functions, string address)
    {
        output.WriteLine($"{Environment.NewLine}Functions:{Environment.NewLine}");
        foreach (var line in functions.Http.Select(function => Line(function, address)).Concat(functions.Timers.Select(timer => $"{timer.Name}: timerTrigger")))
        {
            output.WriteLine($"\t{line}{Environment.NewLine}");
        }
    }

    private static string Line(HttpFunction function, string address)
    {
        var methods = function.Methods.Length == 0 ? "" : $"[{string.Join(',', function.Methods)}] ";
        return $"{function.Name}: {methods}{address}/{function.Route.RawText}";
    }
}
