using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Api.Observations;

/// <summary>The query parameters that both versions of the list of observations share (langfuse-api §4).</summary>
internal static class ObservationParameters
{
    private const string Types = "SPAN, GENERATION, EVENT, AGENT, TOOL, CHAIN, RETRIEVER, EVALUATOR, EMBEDDING, GUARDRAIL";
    private const string Levels = "DEBUG, DEFAULT, WARNING, ERROR";

    /// <summary>Adds them to <paramref name="conditions"/>; a filter replaces all of them, the times too.</summary>
    public static ObservationQuery Read(QueryReader reader, SingleConditions conditions)
    {
        conditions
            .Equal("name", reader.Text("name"))
            .Equal("userId", reader.Text("userId"))
            .Equal("type", reader.OneOf("type", ObservationNames.ParseType, Types)?.ToWire())
            .Equal("traceId", reader.Text("traceId"))
            .Equal("level", reader.OneOf("level", ObservationNames.ParseLevel, Levels)?.ToWire())
            .Equal("parentObservationId", reader.Text("parentObservationId"))
            .Equal("version", reader.Text("version"))
            .OneOf("environment", reader.List("environment"));
        var (from, to) = (reader.Time("fromStartTime"), reader.Time("toStartTime"));
        return reader.Filter(FilterCatalog.Observations) is { } filter
            ? new ObservationQuery { Filter = filter }
            : new ObservationQuery { Filter = conditions.All, From = from, To = to };
    }
}
