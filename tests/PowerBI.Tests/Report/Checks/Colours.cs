using System.Globalization;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Arithmetic of colours: contrast as WCAG 2 counts it, and distances as people see them who lack a kind of cone.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>Full vision, and the three kinds of dichromacy by the matrices of Machado, Oliveira and Fernandes (2009) at severity 1.</summary>
    private static readonly (string Name, double[] Matrix)[] Eyes =
    [
        ("full colour vision", [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        ("protanopia", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
        ("deuteranopia", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]),
        ("tritanopia", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]),
    ];

    private double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

    /// <summary>Reads #RRGGBB into linear light.</summary>
    public static Colour Parse(string hex)
    {
        var value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new(Linear(value >> 16), Linear((value >> 8) & 255), Linear(value & 255));
    }

    public double Contrast(Colour other) =>
        (Math.Max(Luminance, other.Luminance) + 0.05) / (Math.Min(Luminance, other.Luminance) + 0.05);

    /// <summary>The smallest distance in CIE L*a*b* over all kinds of eyes, and whose it is.</summary>
    public (double Distance, string Eyes) Distance(Colour other)
    {
        var first = this;
        return Eyes.Select(eyes => (Length(first.Seen(eyes.Matrix), other.Seen(eyes.Matrix)), eyes.Name)).Min();
    }

    private static double Linear(int channel) => channel / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

    private (double L, double A, double B) Seen(double[] eyes)
    {
        var red = Math.Clamp((eyes[0] * Red) + (eyes[1] * Green) + (eyes[2] * Blue), 0, 1);
        var green = Math.Clamp((eyes[3] * Red) + (eyes[4] * Green) + (eyes[5] * Blue), 0, 1);
        var blue = Math.Clamp((eyes[6] * Red) + (eyes[7] * Green) + (eyes[8] * Blue), 0, 1);
        var x = Lightness(((0.4124 * red) + (0.3576 * green) + (0.1805 * blue)) / 0.95047);
        var y = Lightness((0.2126 * red) + (0.7152 * green) + (0.0722 * blue));
        var z = Lightness(((0.0193 * red) + (0.1192 * green) + (0.9505 * blue)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Lightness(double share) => share > 0.008856 ? Math.Cbrt(share) : (7.787 * share) + (16.0 / 116);

    private static double Length((double L, double A, double B) first, (double L, double A, double B) second) =>
        Math.Sqrt(Math.Pow(first.L - second.L, 2) + Math.Pow(first.A - second.A, 2) + Math.Pow(first.B - second.B, 2));
}
