namespace ConflictData.OData;

/// <summary>
/// CRC-32 of two texts in a row from the checksums of both. A checksum is a polynomial over two values modulo a fixed one;
/// whatever follows a text multiplies its checksum by x to the power of the number of bits that follow.
/// </summary>
internal static class Crc32Join
{
    /// <summary>The polynomial of gzip, lowest power in the highest bit, x³² left out.</summary>
    private const uint Modulus = 0xEDB88320;

    private const uint One = 1u << 31;

    /// <summary>x, x², x⁴, x⁸ …</summary>
    private static readonly uint[] Powers = PowersOfX();

    /// <summary>The checksum of the first text with the second behind it.</summary>
    /// <param name="first">Checksum of the first; 0 of an empty one.</param>
    /// <param name="second">Checksum of the second.</param>
    /// <param name="secondLength">Bytes of the second.</param>
    public static uint Of(uint first, uint second, long secondLength) => Times(XToThe(8 * secondLength), first) ^ second;

    private static uint XToThe(long power)
    {
        var product = One;
        for (var bit = 0; power >> bit != 0; bit++)
        {
            if ((power >> bit & 1) != 0)
            {
                product = Times(Powers[bit], product);
            }
        }
        return product;
    }

    private static uint Times(uint left, uint right)
    {
        var product = 0u;
        for (; left != 0; left <<= 1)
        {
            product ^= (left & One) != 0 ? right : 0;
            right = (right & 1) != 0 ? right >> 1 ^ Modulus : right >> 1;
        }
        return product;
    }

    private static uint[] PowersOfX()
    {
        var powers = new uint[63];
        powers[0] = One >> 1;
        for (var bit = 1; bit < powers.Length; bit++)
        {
            powers[bit] = Times(powers[bit - 1], powers[bit - 1]);
        }
        return powers;
    }
}
