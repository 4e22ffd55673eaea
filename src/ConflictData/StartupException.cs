namespace ConflictData;

/// <summary>The app cannot start as it is set up. The message is one line for the person who starts it: what is wrong and what to do.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
