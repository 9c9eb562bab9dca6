using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>
/// Asks for widgets in the order in which people read them, a few at once: the read model answers one dashboard without keeping
/// everybody else waiting. One that fails does not hurt the others.
/// </summary>
/// <param name="ask">Asks the read model.</param>
public sealed class WidgetRunner(Func<MetricsQuery, Task<MetricsAnswer>> ask)
{
    /// <summary>The most questions of a page at once.</summary>
    public const int AtOnce = 3;

    /// <summary>Asks for all of them.</summary>
    /// <param name="slots">In the order in which they are asked.</param>
    /// <param name="page">What they are asked about.</param>
    /// <param name="changed">Called after each answer.</param>
    /// <param name="cancellationToken">The answers are not wanted any more.</param>
    public async Task RunAsync(IReadOnlyList<WidgetSlot> slots, PageQuestion page, Action changed, CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        List<Task> running = [];
        try
        {
            foreach (var slot in slots.Where(s => s.Widget is not null))
            {
                await gate.WaitAsync(cancellationToken);
                running.Add(RunAsync(slot));
            }
        }
        finally
        {
            // Those that are on their way still come back to the gate.
            await Task.WhenAll(running);
        }

        async Task RunAsync(WidgetSlot slot)
        {
            try
            {
                await AnswerAsync(slot, page, cancellationToken);
                if (!cancellationToken.IsCancellationRequested)
                    changed();
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task AnswerAsync(WidgetSlot slot, PageQuestion page, CancellationToken cancellationToken)
    {
        var (question, problem) = WidgetQuestion.Of(slot.Widget!, page.Narrowed, page.From, page.To);
        if (question is null)
        {
            (slot.State, slot.Problem, slot.Figure, slot.Question) = (SlotState.Refused, problem, null, null);
            return;
        }

        try
        {
            var answer = await ask(question.Query);
            var before = question.Before is null ? null : await ask(question.Before);
            if (cancellationToken.IsCancellationRequested)
                return;

            (slot.Figure, slot.Question) = (WidgetFigures.Of(slot.Widget!, question, answer, before, page.Frame), question);
            (slot.State, slot.Problem, slot.AsOf, slot.IsLive) = (SlotState.Ready, null, page.Frame.Now, false);
            slot.Behind = Math.Max(0, answer.Head - answer.Watermark);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What was answered before stays; how old it is is said.
            (slot.State, slot.Question) = (SlotState.Failed, question);
            slot.Problem = e is TimeoutException ? "The question took too long." : "The read model does not answer.";
        }
    }
}

/// <summary>What the widgets of a page are asked about.</summary>
/// <param name="Narrowed">In the words of observations.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Frame">How answers are drawn.</param>
public sealed record PageQuestion(Filter Narrowed, DateTimeOffset From, DateTimeOffset To, FigureFrame Frame);
