using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Checks the limits of what is taken in.</summary>
[OptionsValidator]
internal sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;
