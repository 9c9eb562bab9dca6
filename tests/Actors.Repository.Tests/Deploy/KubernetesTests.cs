using Xunit;

namespace Actors.Repository.Tests.Deploy;

/// <summary>The manifests for Kubernetes fit together.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "deploy/kubernetes/";

    private static readonly Dictionary<string, object> Kustomization = Assert.Single(Yaml.Read(Folder + "kustomization.yaml"));

    private static readonly List<Dictionary<string, object>> Objects =
        [.. Kustomization.Texts("resources").SelectMany(file => Yaml.Read(Folder + file))];

    private static IEnumerable<Dictionary<string, object>> Workloads => Objects.Where(o => o.Text("kind") is "StatefulSet" or "Deployment");

    [Fact]
    public void Every_file_is_listed()
    {
        var files = Checkout.Files.Where(f => f.StartsWith(Folder, StringComparison.Ordinal)).Select(f => f[Folder.Length..]);
        Assert.Equal(files.Order(), Kustomization.Texts("resources").Append("kustomization.yaml").Order());
        Assert.All(Kustomization.Maps("images"), i => Secrecy.AssertPinned($"{i["newName"]}:{i["newTag"]}"));
    }

    [Fact]
    public void Pods_are_bounded_and_watched_and_may_do_little()
    {
        Assert.Equal(2, Workloads.Count());
        foreach (var workload in Workloads)
        {
            var pod = workload.Map("spec template spec");
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            Assert.Equal("true", pod.Text("securityContext runAsNonRoot"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext seccompProfile type"));
            Assert.True(int.Parse(pod.Text("terminationGracePeriodSeconds"), null) >= 60);
            Assert.NotEmpty(pod.Maps("topologySpreadConstraints"));
            var container = Assert.Single(pod.Maps("containers"));
            Assert.Equal("false", container.Text("securityContext allowPrivilegeEscalation"));
            Assert.Equal("true", container.Text("securityContext readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], container.Map("securityContext capabilities").Texts("drop"));
            Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], p => Assert.Equal("http", container.Text($"{p} httpGet port")));
            Assert.All(["requests", "limits"], r => Assert.All(["cpu", "memory"], q => Assert.NotEmpty(container.Text($"resources {r} {q}"))));
            var volumes = pod.Maps("volumes").Select(v => v["name"])
                .Concat(workload.Map("spec").Maps("volumeClaimTemplates").Select(v => v.Map("metadata")["name"]));
            Assert.Equal(volumes.Order(), container.Maps("volumeMounts").Select(m => m["name"]).Order());
            Assert.Contains(Objects, o => o.Text("kind") == "PodDisruptionBudget" && Component(o.Map("spec selector matchLabels")) == NameOf(workload));
        }
    }

    [Fact]
    public void Settings_exist_and_secrets_come_from_outside()
    {
        Assert.DoesNotContain(Objects, o => o.Text("kind") == "Secret");
        var config = Assert.Single(Kustomization.Maps("configMapGenerator"));
        Secrecy.AssertVariables(config.Texts("literals").Select(l => l.Split('=', 2)).Select(l => KeyValuePair.Create(l[0], l[1])));
        foreach (var container in Workloads.SelectMany(w => w.Map("spec template spec").Maps("containers")))
        {
            Secrecy.AssertVariables(container.Maps("env").Select(e => KeyValuePair.Create(e.Text("name"), e.TryGetValue("value", out var v) ? (string)v : "")));
            Assert.Equal([config["name"], "actors"], container.Maps("envFrom").Select(s => ((Dictionary<string, object>)s.Values.Single())["name"]));
        }
    }

    [Fact]
    public void Services_policies_and_the_ingress_lead_to_ports_that_are_there()
    {
        foreach (var service in Objects.Where(o => o.Text("kind") == "Service"))
        {
            var ports = PortsOf(Component(service.Map("spec selector")));
            foreach (var port in service.Map("spec").Maps("ports"))
            {
                Assert.Equal(port["port"], ports[port.TryGetValue("targetPort", out var target) ? (string)target : port.Text("name")]);
            }
        }

        foreach (var policy in Objects.Where(o => o.Text("kind") == "NetworkPolicy"))
        {
            var ports = PortsOf(Component(policy.Map("spec podSelector matchLabels")));
            Assert.All(policy.Map("spec").Maps("ingress").SelectMany(i => i.Maps("ports")), p => Assert.Contains(p.Text("port"), ports.Keys));
        }

        var backends = Objects.Where(o => o.Text("kind") == "Ingress")
            .SelectMany(o => o.Map("spec").Maps("rules")).SelectMany(r => r.Map("http").Maps("paths")).Select(p => p.Map("backend service")).ToList();
        Assert.NotEmpty(backends);
        Assert.All(backends, b => Assert.Contains(
            Objects.Single(o => o.Text("kind") == "Service" && NameOf(o) == b.Text("name")).Map("spec").Maps("ports"), p => p.Text("name") == b.Text("port name")));
    }

    private static string NameOf(Dictionary<string, object> o) => o.Text("metadata name");

    private static string Component(Dictionary<string, object> labels) => labels.Text("app.kubernetes.io/component");

    private static Dictionary<string, string> PortsOf(string component) =>
        Workloads.Single(w => Component(w.Map("spec template metadata labels")) == component)
            .Map("spec template spec").Maps("containers").SelectMany(c => c.Maps("ports"))
            .ToDictionary(p => p.Text("name"), p => p.Text("containerPort"));
}
