using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Repository.Tests.Deploy;

/// <summary>The compose files say what they should, and only what is there.</summary>
public sealed partial class ComposeTests
{
    private const string OwnImage = "actors:${ACTORS_VERSION:-local}";

    // Given at the build, from git.
    private static readonly string[] BuildVariables = ["ACTORS_VERSION", "ACTORS_REVISION"];

    [Theory]
    [InlineData("docker-compose.yml", "proxy", 6)]
    [InlineData("docker-compose.embedded.yml", "actors", 1)]
    public void Every_service_is_bounded_and_watched_and_may_do_little(string file, string door, int count)
    {
        var compose = Read(file);
        var services = compose.Map("services");
        Assert.Equal(count, services.Count);
        foreach (var (name, value) in services)
        {
            var service = (Dictionary<string, object>)value;
            var image = service.Text("image");
            if (image != OwnImage)
            {
                Secrecy.AssertPinned(image);
            }

            Assert.Matches("^[1-9][0-9]+:[1-9][0-9]+$", service.Text("user"));
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal(["ALL"], service.Texts("cap_drop"));
            Assert.Contains("no-new-privileges:true", service.Texts("security_opt"));
            Assert.Equal("unless-stopped", service.Text("restart"));
            Assert.Equal("CMD", service.List("healthcheck test")[0]);
            Assert.NotEmpty(service.Text("healthcheck interval"));
            Assert.All(["cpus", "memory", "pids"], limit => Assert.NotEmpty(service.Text($"deploy resources limits {limit}")));
            Assert.Equal(name == door, service.ContainsKey("ports"));
            Assert.All(service.Texts("ports"), port => Assert.StartsWith("${ACTORS_BIND:-127.0.0.1}:", port, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("docker-compose.embedded.yml")]
    public void Settings_exist_and_secrets_come_from_outside(string file)
    {
        foreach (Dictionary<string, object> service in Read(file).Map("services").Values)
        {
            var variables = service.TryGetValue("environment", out var environment)
                ? ((Dictionary<string, object>)environment).Select(v => KeyValuePair.Create(v.Key, (string)v.Value))
                : [];
            if (service.Text("image") == OwnImage)
            {
                Secrecy.AssertVariables(variables);
            }
            else
            {
                Assert.All(variables, v => Secrecy.AssertNoSecret(v.Key, v.Value));
            }
        }
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("docker-compose.embedded.yml")]
    public void Whatever_is_referred_to_is_there(string file)
    {
        var compose = Read(file);
        var services = compose.Map("services");
        var volumes = compose.Map("volumes");
        var used = new HashSet<string>();
        foreach (Dictionary<string, object> service in services.Values)
        {
            foreach (var source in service.Texts("volumes").Select(v => v.Split(':')[0]))
            {
                Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? Checkout.Files.Contains(source[2..]) : volumes.ContainsKey(source), source);
                used.Add(source);
            }

            if (service.TryGetValue("depends_on", out var dependencies))
            {
                foreach (var (name, how) in (Dictionary<string, object>)dependencies)
                {
                    Assert.Contains(name, services.Keys);
                    Assert.Equal("service_healthy", ((Dictionary<string, object>)how).Text("condition"));
                }
            }
        }

        Assert.All(volumes.Keys, v => Assert.Contains(v, used));
        Assert.Contains(services.Values.Cast<Dictionary<string, object>>(), s => s.TryGetValue("build", out var build) && ((Dictionary<string, object>)build).Text("context") == ".");
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("docker-compose.embedded.yml")]
    public void Every_variable_is_one_that_the_script_makes(string file)
    {
        var made = MadeVariable().Matches(Checkout.Read("deploy/make-env.sh")).Select(m => m.Groups["name"].Value).ToList();
        var asked = Variable().Matches(Checkout.Read(file)).Select(m => m.Groups["name"].Value).Distinct();
        Assert.All(asked.Except(BuildVariables), name => Assert.Contains(name, made));
    }

    [Fact]
    public void The_proxy_knows_the_web_nodes()
    {
        var nodes = Read("docker-compose.yml").Map("services").Keys.Where(n => n.StartsWith("web-", StringComparison.Ordinal));
        var proxy = Checkout.Read("deploy/Caddyfile");
        Assert.All(nodes, node => Assert.Contains($"{node}:3000", proxy, StringComparison.Ordinal));
        Assert.All(nodes, node => Assert.Contains($"h2c://{node}:4317", proxy, StringComparison.Ordinal));
    }

    private static Dictionary<string, object> Read(string file) => Assert.Single(Yaml.Read(file));

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex("(?m)^(?<name>[A-Z_]+)=")]
    private static partial Regex MadeVariable();
}
