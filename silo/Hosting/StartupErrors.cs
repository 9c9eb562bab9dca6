using System.Net.Sockets;
using Actors.Storage;
using Actors.Storage.Moving;
using Actors.Web.Otlp.Grpc;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Hosting;

/// <summary>Turns what can go wrong at start into one line that names the setting and the fix.</summary>
internal static class StartupErrors
{
    /// <summary>Runs the server.</summary>
    /// <returns>The exit code: 0 after a stop that was asked for.</returns>
    public static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"actors: {explanation}");
            return 1;
        }
    }

    /// <summary>One line for errors that an operator can mend; null for our own mistakes, which keep their stack trace.</summary>
    internal static string? Explain(Exception e) => Unwrap(e) switch
    {
        StartupException startup => startup.Message,
        StorageSetupException storage => storage.Message,
        MigrationException migration => migration.Message,
        GrpcPortException port => port.Message,
        OptionsValidationException options => string.Join(" ", options.Failures.Select(f => Named(options.OptionsType, f))),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken =>
            $"{taken.Message} Choose another with --urls http://localhost:3100 or ASPNETCORE_URLS.",
        SocketException socket =>
            $"The address cannot be listened on: {socket.Message}. Choose another with --urls http://localhost:3100 or ASPNETCORE_URLS.",
        InvalidDataException data => $"A configuration file cannot be read: {OneLine(data)}",
        FormatException { Message: var message } when message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            $"{message} Correct --urls or ASPNETCORE_URLS, such as http://localhost:3100.",
        FormatException format => $"A setting cannot be read: {OneLine(format)}",
        InvalidOperationException { Message: var message } when message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            $"A setting cannot be read: {message}",
        _ => null,
    };

    private static Exception Unwrap(Exception e) => e is AggregateException { InnerExceptions: [var only] } ? Unwrap(only) : e;

    // Annotations name the property alone; an operator needs the whole key.
    private static string Named(Type options, string failure) =>
        options.GetField("Section")?.GetRawConstantValue() is string section && !failure.StartsWith(section, StringComparison.Ordinal)
            ? $"{section}:{failure}"
            : failure;

    private static string OneLine(Exception e) =>
        $"{e.Message} {e.InnerException?.Message}".ReplaceLineEndings(" ").Trim();
}

/// <summary>The server cannot start; the message names the setting and the fix.</summary>
internal sealed class StartupException(string message) : Exception(message);
