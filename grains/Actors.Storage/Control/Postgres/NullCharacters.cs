using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// PostgreSQL refuses statements with a null character in a text. Bodies of requests with one are refused before; what asks for
/// something by such a name asks for another one here, which does not exist either.
/// </summary>
internal sealed class NullCharacters : DbCommandInterceptor
{
    // A noncharacter of Unicode: nobody's name has it.
    private const char StandIn = '\uFFFF';

    public static NullCharacters Replaced { get; } = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Replace(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Replace(command);
        return new(result);
    }

    private static void Replace(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.Value switch
            {
                string text => Replace(text),
                IEnumerable<string?> texts when texts.Any(t => t?.Contains('\0', StringComparison.Ordinal) == true) =>
                    texts.Select(t => t is null ? null : Replace(t)).ToArray(),
                var other => other,
            };
        }
    }

    private static string Replace(string text) => text.Replace('\0', StandIn);
}
