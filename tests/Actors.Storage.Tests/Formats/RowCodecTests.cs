using Actors.Testing;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Storage.Formats;

public sealed class RowCodecTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void Whatever_is_encoded_is_decoded_as_it_was() =>
        Prop.ForAll(EventGen.Rows.ToArbitrary(), events =>
        {
            var row = RowCodec.Encode(events);
            var decoded = RowCodec.Decode(RowCodec.Format, row.Head, row.Body, out _);
            Assert.Equal(EventEquality.Print(events), EventEquality.Print(decoded));
        }).Check(Config);

    [Fact]
    public void Damaged_bytes_decode_or_fail_with_the_one_exception() =>
        Prop.ForAll(EventGen.Rows.Zip(ArbMap.Default.GeneratorFor<NonNegativeInt>().Three()).ToArbitrary(), input =>
        {
            var (events, (where, what, cut)) = input;
            var row = RowCodec.Encode(events);
            Damage(row.Head, where.Get, what.Get);
            var body = row.Body is null ? null : row.Body[..(cut.Get % (row.Body.Length + 1))];
            try
            {
                RowCodec.Decode(RowCodec.Format, row.Head, body, out _);
            }
            catch (EventLogFormatException)
            {
                // The promise is only that nothing else is thrown.
            }
        }).Check(Config);

    [Fact]
    public void The_bytes_of_a_row_never_change()
    {
        StreamEvent[] events =
        [
            new TraceEvent
            {
                EventId = "e1", Timestamp = LogSamples.Noon, Name = "chat", Public = false, Tags = ["a"], Input = "1", Cleared = ClearedFields.UserId,
            },
            new ObservationEvent
            {
                EventId = "e2",
                Timestamp = LogSamples.Noon,
                ObservationId = "o",
                Type = ObservationType.Generation,
                IsCreate = true,
                Usage = [new UsageEntry("input", 3)],
                Cost = [new CostEntry("input", 0.5m), new CostEntry("x", 0.0000000000001m)],
                PricingAttributes = [new PricingAttribute(PricingAttributeSource.Metadata, "k", "v")],
                ModelParameters = "{}",
            },
            new ScoreEvent
            {
                EventId = "e3", Timestamp = LogSamples.Noon, ScoreId = "s", Name = "n", DataType = ScoreDataType.Boolean, Value = 1, Source = ScoreSource.Eval,
            },
        ];

        var row = RowCodec.Encode(events);

        Assert.Equal(
            "000a1a0a0265311080a8a89495671a0d12046368617440004a016150020a520a0265321080a8a894956722450a016f1001"
            + "180172090a05696e707574100682010e0a05696e7075741080a094a58d1d8201140a01781a0f302e3030303030303030303030"
            + "30319a0108080112016b1a01760a200a0265331080a8a89495672a130a017312016e180221000000000000f03f3802",
            Convert.ToHexStringLower(row.Head));
        Assert.Equal("000a031201310a0608012a027b7d", Convert.ToHexStringLower(row.Body!));
    }

    [Fact]
    public void The_bytes_of_an_experiment_never_change()
    {
        StreamEvent[] events =
        [
            new ObservationEvent
            {
                EventId = "e1",
                Timestamp = LogSamples.Noon,
                ObservationId = "o",
                IsAppRoot = true,
                Experiment = new()
                {
                    Id = "x", Name = "n", Description = "d", Metadata = "{}", DatasetId = "s", ItemId = "i", ItemVersion = LogSamples.Noon,
                    ItemMetadata = "[]", ItemRootObservationId = "r", ItemExpectedOutput = "1",
                },
            },
        ];

        var row = RowCodec.Encode(events);

        Assert.Equal(
            "000a2c0a0265311080a8a8949567221f0a016fa80101b201160a017812016e1a01732201692880a8a8949567320172",
            Convert.ToHexStringLower(row.Head));
        Assert.Equal("000a10320e0a016412027b7d1a025b5d220131", Convert.ToHexStringLower(row.Body!));
    }

    [Fact]
    public void Packed_bytes_of_this_format_stay_readable()
    {
        var blob = Convert.FromHexString("012c0100008395000020c2d8000e5cc3097d36800b70581e1b");

        Assert.Equal(Enumerable.Repeat((byte)'a', 300), Blob.Unpack(blob).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("ff00")]
    [InlineData("01")]
    [InlineData("0101000000")]
    [InlineData("01ffffff7f00")]
    [InlineData("01ffffffff00")]
    [InlineData("010500000000ff")]
    [InlineData("00ff")]
    [InlineData("000a7f")]
    [InlineData("000a00")]
    [InlineData("000affffffff07")]
    [InlineData("000a0c10feffffffffffffffff011a00")]
    public void Hostile_heads_are_refused(string hex) =>
        Assert.Throws<EventLogFormatException>(() => RowCodec.Decode(RowCodec.Format, Convert.FromHexString(hex), null, out _));

    [Fact]
    public void A_format_of_the_future_is_refused_with_advice()
    {
        var row = RowCodec.Encode([LogSamples.Generation()]);

        var e = Assert.Throws<EventLogFormatException>(() => RowCodec.Decode(2, row.Head, row.Body, out _));

        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_an_event_that_is_not_there_is_refused()
    {
        var one = RowCodec.Encode([LogSamples.Score("s")]);
        var two = RowCodec.Encode([LogSamples.Score("s"), LogSamples.Generation()]);

        Assert.Throws<EventLogFormatException>(() => RowCodec.Decode(RowCodec.Format, one.Head, two.Body, out _));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        var row = RowCodec.Encode([LogSamples.Generation(input: "a\ud800b") with { Name = "\udc00" }]);

        var decoded = Assert.IsType<ObservationEvent>(RowCodec.Decode(RowCodec.Format, row.Head, row.Body, out _)[0]);

        Assert.Equal("a\ufffdb", decoded.Input);
        Assert.Equal("\ufffd", decoded.Name);
    }

    [Fact]
    public void Text_is_packed_smaller_and_left_out_when_there_is_none()
    {
        var text = string.Concat(Enumerable.Repeat("the same words again and again ", 200));
        var row = RowCodec.Encode([LogSamples.Generation(input: text)]);

        Assert.True(row.Body!.Length < text.Length / 5);
        Assert.Null(RowCodec.Encode([LogSamples.Score("s")]).Body);
    }

    private static void Damage(byte[] bytes, int where, int what) => bytes[where % bytes.Length] ^= (byte)(1 + (what % 255));
}
