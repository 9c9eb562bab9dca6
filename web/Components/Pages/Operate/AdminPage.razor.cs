using Actors.Web.Admin;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Components.Pages.Operate;

/// <summary>Where whoever runs the server signs in, and finds what is behind it. Answers forms without a circuit.</summary>
public sealed partial class AdminPage
{
    private const string RetrySeconds = "300";

    private bool _isIn;
    private string? _problem;

    /// <summary>The key as it was typed.</summary>
    [SupplyParameterFromForm(FormName = "sign-in")]
    public string? Shown { get; set; }

    /// <summary>Where the sign-in was asked for.</summary>
    [SupplyParameterFromQuery(Name = Administration.ReturnParameter)]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private AdminKey Key { get; set; } = null!;

    [Inject]
    private IOptions<AdminOptions> Options { get; set; } = null!;

    [Inject]
    private SignInAttempts Attempts { get; set; } = null!;

    [Inject]
    private ClientAddress Addresses { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<AdminPage> Logger { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _isIn = Administration.IsAdministrator(Http);

    private async Task SignInAsync()
    {
        var network = Addresses.Find(Http);
        var address = Http.Connection.RemoteIpAddress?.ToString();
        if (!Attempts.TryTake(network))
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Http.Response.Headers.RetryAfter = RetrySeconds;
            _problem = "Too many attempts. Wait five minutes.";
        }
        else if (!Key.IsKey(Shown ?? ""))
        {
            LogRefused(Logger, address);
            Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            _problem = "That is not the key.";
        }
        else
        {
            Attempts.Forgive(network);
            LogSignedIn(Logger, address);
            await Administration.SignInAsync(Http);
            Navigation.NavigateTo(Administration.SafeReturn(ReturnUrl) ?? Administration.Path, forceLoad: true);
        }
    }

    private async Task SignOutAsync()
    {
        await Http.SignOutAsync(Administration.Scheme);
        Navigation.NavigateTo(Administration.Path, forceLoad: true);
    }

    [LoggerMessage(4040, LogLevel.Information, "An administrator signed in from {Address}.")]
    private static partial void LogSignedIn(ILogger logger, string? address);

    [LoggerMessage(4041, LogLevel.Warning, "A sign-in as administrator from {Address} was refused: wrong key.")]
    private static partial void LogRefused(ILogger logger, string? address);
}
