using Actors.Contracts;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>
/// The properties of one event's body as they were read, before it is known what they mean. One instance serves all events
/// of a request, one after the other.
/// </summary>
internal sealed class EventBody
{
    private readonly string?[] _texts = new string?[(int)BodyField.Count];
    private readonly DateTimeOffset?[] _times = new DateTimeOffset?[(int)BodyField.Count];
    private readonly List<(BodyField Field, RequestIssue Issue)> _issues = [];

    public bool IsPresent { get; set; }

    public FieldSet Seen { get; set; }

    public FieldSet Nulls { get; set; }

    public bool? Public { get; set; }

    public List<string>? Tags { get; set; }

    public int? PromptVersion { get; set; }

    public double? Number { get; set; }

    public string? UsageUnit { get; set; }

    public List<UsageEntry> LegacyUsage { get; } = [];

    public List<UsageEntry> UsageDetails { get; } = [];

    public List<CostEntry> LegacyCost { get; } = [];

    public List<CostEntry> CostDetails { get; } = [];

    public List<PricingAttribute> PricingAttributes { get; } = [];

    public string? this[BodyField field]
    {
        get => _texts[(int)field];
        set => _texts[(int)field] = value;
    }

    /// <summary>Whether the body says no type of its value, so that the value alone tells it.</summary>
    public bool TypeIsGuessed => this[BodyField.DataType] is null;

    public DateTimeOffset? GetTime(BodyField field) => _times[(int)field];

    public void SetTime(BodyField field, DateTimeOffset time) => _times[(int)field] = time;

    public ClearedFields Cleared(BodyField field, ClearedFields flag) => Nulls.Has(field) ? flag : ClearedFields.None;

    public void Refuse(BodyField field, string code, string message) =>
        _issues.Add((field, new RequestIssue(code, ["body", BodyFields.Spelling(field)], message)));

    /// <summary>Moves the issues that matter to an event of <paramref name="fields"/> to <paramref name="issues"/>.</summary>
    public void CollectIssues(FieldSet fields, ref List<RequestIssue>? issues)
    {
        foreach (var (field, issue) in _issues)
        {
            if (fields.Has(field))
            {
                (issues ??= []).Add(issue);
            }
        }
    }

    public void Clear()
    {
        if (Seen.Bits == 0)
        {
            IsPresent = false;
            return;
        }

        Array.Clear(_texts);
        Array.Clear(_times);
        _issues.Clear();
        IsPresent = false;
        Seen = default;
        Nulls = default;
        Public = null;
        Tags = null;
        PromptVersion = null;
        Number = null;
        UsageUnit = null;
        LegacyUsage.Clear();
        UsageDetails.Clear();
        LegacyCost.Clear();
        CostDetails.Clear();
        PricingAttributes.Clear();
    }
}
