using Actors.Tracing;
using Actors.Web.Model.Health;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Reads how the doors do from what lets in and sends away.</summary>
internal sealed class DoorHealth(
    Admission admission, InFlightBudget budget, MemoryGuard memory, IOptions<IngestionOptions> options, IAppendBacklog? backlog) : IDoorHealth
{
    public DoorFacts Read() => new()
    {
        Refused = admission.Refusals,
        RefusedAt = admission.RefusedAt,
        BytesUnderWay = budget.UnderWay,
        MaxBytesUnderWay = options.Value.MaxBytesUnderWay,
        MemoryShare = memory.Share,
        WaitingRows = backlog?.Rows,
        MaxWaitingRows = backlog?.MaxRows,
    };
}
