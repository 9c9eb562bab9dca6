using Actors.Integration;
using Xunit.Sdk;
using Xunit.v3;

// Every test speaks to a real process: side by side they would only measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(RunningSilo))]
