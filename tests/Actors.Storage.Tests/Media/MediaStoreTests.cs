using System.Security.Cryptography;
using System.Text;
using Actors.Media;
using Actors.Storage.Control;

namespace Actors.Storage.Media;

/// <summary>The bytes of files on a real disk.</summary>
public sealed class MediaStoreTests(SqliteControlPlane projects) : IClassFixture<SqliteControlPlane>
{
    private readonly FileMediaStore _store = new(projects.Shared, TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => projects.Shared.File("media");

    [Fact]
    public async Task A_file_is_read_back_from_any_position()
    {
        var (bytes, hash) = NewFile();
        Assert.False(await _store.ExistsAsync(ControlPlane.One, hash, Ct));

        Assert.Equal(MediaWriteResult.Stored, await WriteAsync(ControlPlane.One, hash, bytes));

        Assert.True(await _store.ExistsAsync(ControlPlane.One, hash, Ct));
        await using var file = (await _store.OpenAsync(ControlPlane.One, hash, Ct))!;
        file.Position = 3;
        var rest = new byte[bytes.Length - 3];
        await file.ReadExactlyAsync(rest, Ct);
        Assert.Equal(bytes[3..], rest);
    }

    [Fact]
    public async Task What_is_not_as_announced_leaves_nothing()
    {
        var (bytes, hash) = NewFile();
        var before = Files();

        Assert.Equal(MediaWriteResult.WrongLength, await _store.WriteAsync(ControlPlane.One, hash, bytes.Length + 1, new MemoryStream(bytes), Ct));
        Assert.Equal(MediaWriteResult.WrongLength, await _store.WriteAsync(ControlPlane.One, hash, bytes.Length - 1, new MemoryStream(bytes), Ct));
        Assert.Equal(MediaWriteResult.WrongHash, await WriteAsync(ControlPlane.One, hash, [.. bytes.Reverse()]));
        await Assert.ThrowsAsync<IOException>(() => _store.WriteAsync(ControlPlane.One, hash, bytes.Length, new BrokenStream(), Ct));

        Assert.Equal(before, Files());
        Assert.Null(await _store.OpenAsync(ControlPlane.One, hash, Ct));
    }

    [Fact]
    public async Task Projects_do_not_share_files_whatever_their_case()
    {
        var (bytes, hash) = NewFile();
        await WriteAsync(ControlPlane.One, hash, bytes);

        Assert.False(await _store.ExistsAsync(ControlPlane.Two, hash, Ct));
        Assert.False(await _store.ExistsAsync(new ProjectId("ONE"), hash, Ct));
        Assert.Null(await _store.OpenAsync(ControlPlane.Two, hash, Ct));
        Assert.All(Files(), file => Assert.DoesNotContain("one", Path.GetRelativePath(Root, file), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Of_many_writers_of_one_file_all_store_it()
    {
        var (bytes, hash) = NewFile();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(ControlPlane.One, hash, bytes), Ct)));

        Assert.All(results, result => Assert.Equal(MediaWriteResult.Stored, result));
        Assert.Single(Files(), file => file.EndsWith(hash.Hex, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_crash_left_of_an_upload_is_gone_after_the_next_start()
    {
        var scrap = Path.Combine(Root, "uploads", "half");
        await File.WriteAllTextAsync(scrap, "half", Ct);
        var (bytes, hash) = NewFile();
        await WriteAsync(ControlPlane.One, hash, bytes);

        var next = new FileMediaStore(projects.Shared, TimeProvider.System);

        Assert.False(File.Exists(scrap));
        Assert.True(await next.ExistsAsync(ControlPlane.One, hash, Ct));
    }

    [Fact]
    public async Task What_another_node_may_still_be_writing_stays()
    {
        using var temp = new TempDirectory();
        var shared = SharedDirectory.Open(new StorageOptions { SharedDirectory = temp.Path, Storage = StorageOptions.PostgreSql });
        var first = new FileMediaStore(shared, TimeProvider.System);
        var (young, old) = (Path.Combine(temp.Path, "media", "uploads", "young"), Path.Combine(temp.Path, "media", "uploads", "old"));
        await File.WriteAllTextAsync(young, "half", Ct);
        await File.WriteAllTextAsync(old, "half", Ct);
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(young).AddHours(-2));

        _ = new FileMediaStore(shared, TimeProvider.System);
        Assert.Equal([young], Directory.GetFiles(Path.GetDirectoryName(young)!));

        File.SetLastWriteTimeUtc(young, File.GetLastWriteTimeUtc(young).AddHours(-2));
        first.RemoveScraps();
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(young)!));
    }

    [Theory]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "47DEQpj8HBSa-_TImW-5JC")]
    public void The_id_is_the_one_that_clients_compute(string hash, string id)
    {
        Assert.True(MediaHash.TryParseBase64(hash, out var parsed));
        Assert.Equal(id, parsed.MediaId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("/../../../../../../../../../../etc/passwd....")]
    public void What_is_no_hash_is_none(string? text) => Assert.False(MediaHash.TryParseBase64(text, out _));

    private static (byte[] Bytes, MediaHash Hash) NewFile()
    {
        var bytes = Encoding.UTF8.GetBytes($"A file {Guid.NewGuid()}");
        return (bytes, MediaHash.FromBytes(SHA256.HashData(bytes)));
    }

    private Task<MediaWriteResult> WriteAsync(ProjectId project, MediaHash hash, byte[] bytes) =>
        _store.WriteAsync(project, hash, bytes.Length, new MemoryStream(bytes), Ct);

    private List<string> Files() => [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order()];

    /// <summary>A client that hangs up in the middle.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private bool _hasBegun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasBegun)
            {
                throw new IOException("The client hung up.");
            }

            _hasBegun = true;
            buffer.Span[0] = 1;
            return ValueTask.FromResult(1);
        }
    }
}
