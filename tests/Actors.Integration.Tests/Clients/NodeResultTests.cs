namespace Actors.Integration.Clients;

/// <summary>A report that is misread would let failures pass.</summary>
public sealed class NodeResultTests
{
    [Fact]
    public void Every_leaf_is_a_test_and_a_failure_is_kept()
    {
        const string report = """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites>
              <testsuite name="outer" tests="2">
                <testcase name="passes" time="0.1" classname="test"/>
                <testsuite name="inner"><testcase name="fails" time="0.1" classname="test" failure="1 !== 2">
                  <failure type="testCodeFailure" message="1 !== 2">stack</failure></testcase></testsuite>
              </testsuite>
              <testcase name="alone" time="0.1" classname="test"/>
              <!-- tests 3 -->
            </testsuites>
            """;

        var results = NodeResult.Parse(report);

        Assert.Equal(["outer › passes", "outer › inner › fails", "alone"], results.Select(r => r.Name));
        Assert.Equal([true, false, true], results.Select(r => r.Failure is null));
        Assert.Contains("1 !== 2", results[1].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void No_report_is_no_test() => Assert.Empty(NodeResult.Parse(""));

    [Fact]
    public void The_table_of_freshness_is_found_among_other_remarks()
    {
        const string report = """
            <testsuites><testsuite name="freshness"><testcase name="as a table"/><!-- freshness of   n --><!-- freshness v3: trace by id  20 --></testsuite>
            <!-- tests 1 --></testsuites>
            """;

        Assert.Equal(["freshness of   n", "freshness v3: trace by id  20"], NodeResult.Freshness(report));
    }
}
