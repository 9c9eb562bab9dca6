using Actors.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]
