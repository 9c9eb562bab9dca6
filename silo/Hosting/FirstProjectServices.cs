using Actors.Access;
using Actors.Silo.Demo;
using Actors.Storage;

namespace Actors.Silo.Hosting;

/// <summary>Registers the first project: made before the server listens, announced once it does.</summary>
internal static class FirstProjectServices
{
    public static void AddFirstProject(this IServiceCollection services, bool isDemo)
    {
        services.AddSingleton(provider =>
        {
            var first = FirstProject.Load(
                provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<SharedDirectory>());
            return new StartProjects(first, isDemo ? DemoProject.Setup(first) : null);
        });
        services.AddHostedService<Announcement>();
    }
}

/// <summary>The projects that exist from the first start on.</summary>
/// <param name="First">The project of the newcomer's own traces.</param>
/// <param name="Demo">The project of the demo traffic; null: no demo.</param>
internal sealed record StartProjects(ProjectSetup First, ProjectSetup? Demo);
