namespace Actors.Silo.Demo;

/// <summary>Who and what appears in the demo: customers, questions, answers, models, prompt versions.</summary>
internal static class DemoCast
{
    public static readonly string[] TraceNames = ["support-chat", "rag-answer", "classify-intent", "summarise-ticket", "refund-agent"];

    public static readonly DemoModel[] Models =
    [
        new("gpt-5-mini", 900, 0.45),
        new("claude-sonnet-4-5-20250929", 1700, 0.30),
        new("gemini-2.5-flash", 600, 0.18),
        new("gpt-5", 5200, 0.07),
    ];

    public static readonly (string Question, string Answer)[] Talks =
    [
        ("How do I rotate my API key without downtime?",
            "Two keys may be active at once, so you can rotate without downtime:\n\n1. Create a second key under *Settings → API keys*.\n2. Deploy it to your services.\n3. Watch **last used** of the old key until it stays idle.\n4. Revoke the old key."),
        ("Which plan includes single sign-on and audit logs?",
            "Both are part of the **Team** plan. Audit logs keep 90 days there, and a year on **Enterprise**."),
        ("My invoice from October shows two seats too many. Can you correct it?",
            "I have compared your seats with the invoice: two members were removed on the 3rd, after the billing date. The difference is credited on your next invoice."),
        ("The export to CSV stops after 10,000 rows. Is that a limit?",
            "Yes: the browser export ends at 10,000 rows. Use the API or the nightly export for more; both are complete."),
        ("Wie kann ich mein Konto auf eine andere E-Mail-Adresse umstellen?",
            "Unter *Konto → Profil* tragen Sie die neue Adresse ein. Sie erhalten eine E-Mail zur Bestätigung; bis dahin gilt die alte."),
        ("Our webhook gets the same event twice, what should we do?",
            "Deliveries are repeated when we see no 2xx within ten seconds. Answer first and work later, and drop repetitions by `event_id`."),
        ("Can I restore a project that was deleted yesterday?",
            "Yes, within 30 days. I have asked the owner of your organization for approval; after that it takes a few minutes."),
    ];

    public static readonly string[] Documents =
        ["kb/security/rotate-keys.md", "kb/billing/plans.md", "kb/billing/invoices.md", "kb/exports/limits.md", "kb/webhooks/retries.md"];

    public static DemoModel PickModel(Random random)
    {
        var roll = random.NextDouble();
        foreach (var model in Models)
        {
            roll -= model.Share;
            if (roll < 0)
            {
                return model;
            }
        }

        return Models[0];
    }

    public static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}

/// <summary>A model of the demo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypicalMs">How long an answer takes in the middle.</param>
/// <param name="Share">How often it is used, 0 to 1.</param>
internal sealed record DemoModel(string Name, int TypicalMs, double Share);
