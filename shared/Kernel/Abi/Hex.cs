// Hexadecimal text, for dumps and logs.
namespace Tern.Kernel;

/// <summary>Formats numbers in base 16.</summary>
public static class Hex
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Lower-case hexadecimal text of a number taken as unsigned.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Fewest digits, filled with zeros in front.</param>
    public static string Format(int value, int digits)
    {
        string text = "";
        uint rest = (uint)value;
        while (rest != 0 || text.Length < digits)
        {
            text = Digits.Substring((int)(rest & 15), 1) + text;
            rest >>= 4;
        }

        return text;
    }
}
