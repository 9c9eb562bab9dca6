using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Actors.Web.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Actors.Web.Tests.OpenApi;

/// <summary>Calls every route, and compares the query parameters that it asks for with those of its description.</summary>
public sealed partial class QueryParameterTests
{
    private const string Administrator = "the-administrator-of-these-tests";

    [Fact]
    public async Task Routes_read_the_query_parameters_that_are_described_and_no_others()
    {
        var query = new RecordingQuery();
        await using var server = await ApiServer.StartAsync(services =>
        {
            services.AddSingleton<IStartupFilter>(query);
            services.PostConfigure<Auth.AdminOptions>(admin => admin.ApiKey = Administrator);
        });

        var differences = new List<string>();
        foreach (var operation in ApiCatalog.Subjects.SelectMany(s => s.Whole))
        {
            query.Names.Clear();
            server.Client.DefaultRequestHeaders.Authorization = KeyOf(operation.Access!.Value);
            var (status, _) = await server.SendAsync(
                new HttpMethod(operation.Method), PathParameter().Replace(operation.Path, "1"), operation.Fields.Count > 0 ? "{}" : null);
            Assert.True(
                (int)status is not (401 or 403 or 405) || operation.Refusals.Contains((int)status),
                $"{operation.Id} was refused with {status}: its key or its method is described wrongly.");

            var described = operation.Parameters.Select(p => p.Name).ToHashSet();
            differences.AddRange(query.Names.Except(described).Select(n => $"{operation.Id} reads {n}, which is not described"));
            differences.AddRange(described.Except(query.Names).Select(n => $"{operation.Id} does not read {n}, which is described"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static AuthenticationHeaderValue? KeyOf(ApiAccess access) => access switch
    {
        ApiAccess.None => null,
        ApiAccess.Organization => ApiServer.Basic("pk-lf-org", "sk-lf-org"),
        ApiAccess.Administrator => new AuthenticationHeaderValue("Bearer", Administrator),
        _ => ApiServer.Basic("pk-lf-1", "sk-lf-1"),
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathParameter();

    /// <summary>An empty query that remembers what it is asked for.</summary>
    private sealed class RecordingQuery : IQueryCollection, IStartupFilter
    {
        public HashSet<string> Names { get; } = [];

        public int Count => 0;

        public ICollection<string> Keys => [];

        public StringValues this[string key] => TryGetValue(key, out var value) ? value : StringValues.Empty;

        public bool ContainsKey(string key)
        {
            Names.Add(key);
            return false;
        }

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out StringValues value)
        {
            value = default;
            return ContainsKey(key);
        }

        public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, StringValues>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, run) =>
            {
                context.Request.Query = this;
                return run(context);
            });
            next(app);
        };
    }
}
