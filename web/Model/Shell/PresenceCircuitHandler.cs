using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Actors.Web.Model.Shell;

/// <summary>A circuit without its browser lives on for a while; this tells its components to stop working for nobody.</summary>
internal sealed class PresenceCircuitHandler(ViewerPresence presence) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.Connected = false;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.Connected = true;
        return Task.CompletedTask;
    }
}
