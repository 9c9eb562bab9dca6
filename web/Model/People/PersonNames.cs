using System.Security.Cryptography;
using System.Text;

namespace Actors.Web.Model.People;

/// <summary>
/// How users are called on the pages: by their ids, or by pseudonyms for who looks over one's shoulder. Only what is shown
/// changes. A pseudonym is the same on every page and at any time, and another one in another project.
/// </summary>
/// <param name="Project">The project.</param>
/// <param name="Hidden">Whether ids are hidden.</param>
public readonly record struct PersonNames(ProjectId Project, bool Hidden)
{
    // Without letters that are taken for digits, or for each other.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Word = "User ";
    private const int Length = 6;

    /// <summary>How a user is called.</summary>
    public string Of(string userId)
    {
        if (!Hidden)
            return userId;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Project.Value}\n{userId}"));
        return string.Create(Word.Length + Length, hash, static (name, hash) =>
        {
            Word.CopyTo(name);
            for (var i = 0; i < Length; i++)
                name[Word.Length + i] = Letters[hash[i] % Letters.Length];
        });
    }
}
