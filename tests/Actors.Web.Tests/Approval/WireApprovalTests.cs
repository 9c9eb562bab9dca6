using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Contracts;

namespace Actors.Web.Tests.Approval;

/// <summary>
/// Every type on the wire, once with everything in it and once with as little as it allows, keeps its bytes: names, order,
/// what is left out, how numbers and times are written.
/// </summary>
public sealed class WireApprovalTests
{
    [Fact]
    public void Every_type_on_the_wire_keeps_its_bytes()
    {
        var text = new StringBuilder();
        foreach (var info in WireTypes())
        {
            text.Append(NameOf(info.Type)).Append('\n');
            foreach (var sample in new[] { WireSample.Full(info.Type), WireSample.Empty(info.Type) })
            {
                text.Append("  ").Append(JsonSerializer.Serialize(sample, info)).Append('\n');
            }
        }

        Approved.Check("wire.txt", text.ToString());
    }

    [Fact]
    public void The_samples_reach_every_property_that_can_be_left_out()
    {
        // A sample that forgets a property would approve its absence.
        foreach (var info in WireTypes())
        {
            using var full = JsonSerializer.SerializeToDocument(WireSample.Full(info.Type), info);
            Assert.Equal(info.Properties.Select(p => p.Name).Order(), full.RootElement.EnumerateObject().Select(p => p.Name).Order());
        }
    }

    private static IEnumerable<JsonTypeInfo> WireTypes() =>
        from property in typeof(ContractsJsonContext).GetProperties()
        where property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>)
        let info = (JsonTypeInfo)property.GetValue(ContractsJsonContext.Wire)!
        where info.Kind == JsonTypeInfoKind.Object && info.Type.Assembly == typeof(ContractsJsonContext).Assembly
        orderby NameOf(info.Type)
        select info;

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
