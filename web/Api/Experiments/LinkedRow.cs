using Actors.Datasets;
using Actors.Filtering;
using Actors.Tracing;

namespace Actors.Web.Api.Experiments;

/// <summary>A run, or a link to one, as a row of the catalogues of experiments and of their items.</summary>
internal sealed class LinkedRow(DatasetRunRecord run, DatasetRunItemRecord? link = null) : IFilterRow
{
    public string? Text(string column) => column switch
    {
        "id" or "experimentId" => run.Id,
        "name" or "experimentName" => run.Name,
        "datasetId" => run.DatasetId,
        "experimentItemId" => link?.ItemId,
        _ => throw Unknown(column),
    };

    public double? Number(string column) => throw Unknown(column);

    public DateTimeOffset? Time(string column) => throw Unknown(column);

    public bool Flag(string column) => throw Unknown(column);

    public IReadOnlyList<string> List(string column) => throw Unknown(column);

    public IEnumerable<ScoreRecord> Scores(string column) => throw Unknown(column);

    private static ArgumentException Unknown(string column) => new($"There is no {column} on experiments.", nameof(column));
}
