using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>One run of a function, with what its trigger brings.</summary>
internal sealed class Invocation(FunctionDefinition function, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellation;

    public HttpContext? Http { get; init; }

    public TimerInfo? Timer { get; init; }
}
