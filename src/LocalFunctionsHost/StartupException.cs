namespace LocalFunctionsHost;

/// <summary>The host cannot start, for a reason that its user can do something about. The message is one line that says what.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
