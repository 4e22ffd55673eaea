using System.IO.Hashing;
using ConflictData.OData;
using CsCheck;

namespace ConflictData.Tests.OData.Kept;

public sealed class Crc32JoinTests
{
    [Fact]
    public void Two_checksums_make_that_of_both_texts_in_a_row() => Gen.Select(Gen.Byte.Array, Gen.Byte.Array).Sample((first, second) =>
        Assert.Equal(Crc32.HashToUInt32([.. first, .. second]), Crc32Join.Of(Crc32.HashToUInt32(first), Crc32.HashToUInt32(second), second.Length)));

    [Fact]
    public void Texts_of_any_length_may_be_joined_in_any_order() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt, Gen.Long[0, 1L << 50], Gen.Long[0, 1L << 50]).Sample((a, b, c, lengthOfB, lengthOfC) => Assert.Equal(
            Crc32Join.Of(Crc32Join.Of(a, b, lengthOfB), c, lengthOfC),
            Crc32Join.Of(a, Crc32Join.Of(b, c, lengthOfC), lengthOfB + lengthOfC)));

    [Fact]
    public void The_length_counts_beyond_what_32_bits_hold()
    {
        const long Zeros = (1L << 33) + 5;
        var crc = Crc32.HashToUInt32("text"u8);
        var once = Crc32Join.Of(crc, 0, Zeros);

        var stepwise = Enumerable.Repeat(1L << 30, 8).Append(5).Aggregate(crc, (sum, step) => Crc32Join.Of(sum, 0, step));

        Assert.Equal(stepwise, once);
        Assert.NotEqual(Crc32Join.Of(crc, 0, 5), once);
    }
}
