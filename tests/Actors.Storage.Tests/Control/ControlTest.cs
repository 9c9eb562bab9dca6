namespace Actors.Storage.Control;

/// <summary>Tests of a store that each have a control plane of their own, and are run on every engine.</summary>
public abstract class ControlTest(ControlPlane plane) : IAsyncLifetime
{
    protected static ProjectId One => ControlPlane.One;

    protected static ProjectId Two => ControlPlane.Two;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ControlDatabase Database => plane.Database;

    private protected ControlPlane Plane => plane;

    public virtual ValueTask InitializeAsync() => plane.InitializeAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return plane.DisposeAsync();
    }

    /// <summary>Runs a statement beside the stores.</summary>
    private protected Task ExecuteAsync(string sql) => plane.ExecuteAsync(sql);
}
