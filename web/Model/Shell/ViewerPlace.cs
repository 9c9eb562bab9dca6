using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Actors.Web.Model.Shell;

/// <summary>Follows the viewer through the product. One per circuit.</summary>
public sealed class ViewerPlace : IDisposable
{
    private readonly NavigationManager _navigation;

    /// <summary>Begins where the address is.</summary>
    public ViewerPlace(NavigationManager navigation)
    {
        _navigation = navigation;
        Current = Next();
        navigation.LocationChanged += Follow;
    }

    /// <summary>The viewer is somewhere else.</summary>
    public event Action? Changed;

    /// <summary>Where the viewer is.</summary>
    public NavPlace Current { get; private set; } = NavPlace.Nowhere;

    /// <inheritdoc/>
    public void Dispose() => _navigation.LocationChanged -= Follow;

    private NavPlace Next() => Current.To(_navigation.ToBaseRelativePath(_navigation.Uri));

    private void Follow(object? sender, LocationChangedEventArgs e)
    {
        Current = Next();
        Changed?.Invoke();
    }
}
