using Actors.E2E;
using Xunit.Sdk;
using Xunit.v3;

// One server and one browser: journeys side by side would only measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ProductInBrowser))]
