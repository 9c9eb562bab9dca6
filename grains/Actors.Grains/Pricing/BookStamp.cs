namespace Actors.Grains.Pricing;

/// <summary>
/// What rows of the log are stamped with: the version of the built-in book and the revision of the project's own models
/// that were in force, in one number. Both only rise, so a later stamp is a higher number; a project without models of its
/// own stamps the plain version.
/// </summary>
internal readonly record struct BookStamp(int BuiltIn, int Revision)
{
    private const int BuiltInBits = 10;

    public int Value => (Revision << BuiltInBits) | BuiltIn;

    public static BookStamp Of(int value) => new(value & ((1 << BuiltInBits) - 1), value >>> BuiltInBits);
}
