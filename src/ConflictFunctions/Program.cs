using ConflictData;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddConflictData(builder.Configuration);
    builder.Build().Run();
    return Environment.ExitCode;
}
catch (StartupException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
