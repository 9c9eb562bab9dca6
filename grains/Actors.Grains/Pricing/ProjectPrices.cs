using System.Collections.Concurrent;
using Actors.Grains.Tracing;
using Actors.Pricing;

namespace Actors.Grains.Pricing;

/// <summary>
/// The price books of one project through all revisions that this process knows. Reading never waits; safe for concurrent
/// callers.
/// </summary>
internal sealed class ProjectPrices
{
    // Rows are priced by few books at a time; a rebuild walks through the revisions from old to new.
    private const int MaxBooks = 64;

    private readonly BuiltInBooks _builtIn;
    private readonly ConcurrentDictionary<string, ModelPrice> _prices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BookStamp, PriceBook> _books = [];
    private volatile ProjectModels _models = ProjectModels.None;
    private long _changes = -1;

    public ProjectPrices(BuiltInBooks builtIn)
    {
        _builtIn = builtIn;
        Pricing = new ObservationPricing(Get);
    }

    /// <summary>Prices the observations of this project.</summary>
    public ObservationPricing Pricing { get; }

    /// <summary>The models as they are known now.</summary>
    public ProjectModels Models => _models;

    /// <summary>How many books are kept: at most 64.</summary>
    public int Books => _books.Count;

    /// <summary>What new rows are stamped with.</summary>
    public int InForce => new BookStamp(_builtIn.InForce, _models.Revision).Value;

    /// <summary>
    /// The book of a stamp. Of a revision that the control plane does not know (it was restored from an older copy) the
    /// newest one that it knows stands in: a trace that can be read at another price is better than one that cannot.
    /// </summary>
    public PriceBook Get(int stamp)
    {
        var wanted = BookStamp.Of(stamp);
        var models = _models;
        if (wanted.Revision == 0 || models.Revision == 0)
        {
            return _builtIn.Get(wanted.BuiltIn);
        }

        var known = wanted with { Revision = Math.Min(wanted.Revision, models.Revision) };
        return _books.TryGetValue(known, out var book) ? book : Add(known, models);
    }

    /// <summary>How many changes of the models had been heard of before what is known was read.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>
    /// Takes what was read, unless something newer is known already. What was read after a change was heard of is newer even with
    /// a lower revision: the project was deleted, and its id is used again.
    /// </summary>
    public void Install(ProjectModels models, long changes)
    {
        lock (_books)
        {
            if (changes < _changes || (changes == _changes && models.Revision <= _models.Revision))
            {
                return;
            }

            if (models.Revision < _models.Revision)
            {
                _books.Clear();
            }

            _models = models;
            Volatile.Write(ref _changes, changes);
        }
    }

    private PriceBook Add(BookStamp stamp, ProjectModels models)
    {
        var own = models.Of(stamp.Revision).Select(m => _prices.GetOrAdd(m.Id, static (_, model) => ModelPrices.From(model), m)).ToList();
        var builtIn = _builtIn.Get(stamp.BuiltIn);
        var book = own.Count == 0 ? builtIn : builtIn.WithProjectModels(own);
        if (_books.Count >= MaxBooks)
        {
            _books.Clear();
        }

        return _books.GetOrAdd(stamp, book);
    }
}
