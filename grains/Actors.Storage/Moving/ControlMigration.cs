using System.Reflection;
using System.Text.Json;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Actors.Storage.Moving;

/// <summary>Copies every table of the control plane, whichever there are, in an order in which nothing refers to what is missing.</summary>
internal sealed class ControlMigration(Func<ControlDbContext> openSource, Func<ControlDbContext> openTarget, IProgress<string> progress)
{
    private const int RowsAtOnce = 500;

    private static readonly MethodInfo Copy = typeof(ControlMigration).GetMethod(nameof(CopyAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo Any = typeof(ControlMigration).GetMethod(nameof(HasAnyAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The first table of the target with a row in it; null: all are empty.</summary>
    public async Task<string?> FindUsedTableAsync(CancellationToken cancellationToken)
    {
        await using var target = openTarget();
        foreach (var entity in InOrder(target.Model))
        {
            if (await (Task<bool>)Any.MakeGenericMethod(entity.ClrType).Invoke(null, [target, cancellationToken])!)
            {
                return NameOf(entity);
            }
        }

        return null;
    }

    /// <summary>Copies everything, reads it again and compares.</summary>
    /// <exception cref="MigrationException">What was read again is not the same.</exception>
    public async Task<IReadOnlyList<MigratedTable>> RunAsync(CancellationToken cancellationToken)
    {
        List<IEntityType> entities;
        await using (var target = openTarget())
        {
            entities = InOrder(target.Model);
        }

        var compared = new List<MigratedTable>();
        foreach (var entity in entities)
        {
            compared.Add(await (Task<MigratedTable>)Copy.MakeGenericMethod(entity.ClrType).Invoke(this, [entity, cancellationToken])!);
        }

        return compared;
    }

    private static string NameOf(IEntityType entity) => $"control.{entity.GetTableName()}";

    // What a table refers to comes before it.
    private static List<IEntityType> InOrder(IModel model)
    {
        var ordered = new List<IEntityType>();
        void Add(IEntityType entity)
        {
            if (!ordered.Contains(entity))
            {
                foreach (var reference in entity.GetForeignKeys().Where(k => k.PrincipalEntityType != entity))
                {
                    Add(reference.PrincipalEntityType);
                }

                ordered.Add(entity);
            }
        }

        foreach (var entity in model.GetEntityTypes())
        {
            Add(entity);
        }

        return ordered;
    }

    private static Task<bool> HasAnyAsync<T>(ControlDbContext target, CancellationToken cancellationToken)
        where T : class => target.Set<T>().AnyAsync(cancellationToken);

    private async Task<MigratedTable> CopyAsync<T>(IEntityType entity, CancellationToken cancellationToken)
        where T : class
    {
        var columns = entity.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.PropertyInfo!).ToList();
        using var sent = new RowSum();
        await using (var source = openSource())
        await using (var target = openTarget())
        {
            await foreach (var row in source.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                Add(sent, columns, row);
                target.Add(row);
                if (sent.Count % RowsAtOnce == 0)
                {
                    await SaveAsync(target, cancellationToken);
                }
            }

            await SaveAsync(target, cancellationToken);
        }

        using var stored = new RowSum();
        await using var again = openTarget();
        await foreach (var row in again.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Add(stored, columns, row);
        }

        progress.Report($"{NameOf(entity)}: {stored.Count} rows");
        return MigratedTable.Compare(NameOf(entity), stored, sent);
    }

    private static async Task SaveAsync(ControlDbContext target, CancellationToken cancellationToken)
    {
        await target.SaveChangesAsync(cancellationToken);
        target.ChangeTracker.Clear();
    }

    private static void Add<T>(RowSum sum, List<PropertyInfo> columns, T row)
    {
        foreach (var column in columns)
        {
            sum.With(JsonSerializer.SerializeToUtf8Bytes(column.GetValue(row), column.PropertyType));
        }

        sum.EndRow();
    }
}
