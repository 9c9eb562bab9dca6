global using Actors.Testing.Processes;
global using Xunit;
