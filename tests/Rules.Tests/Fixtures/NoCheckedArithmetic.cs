namespace Tern.Rules.Tests.Fixtures;

internal static class NoCheckedArithmetic
{
    [Refused("Add")]
    private static class Sum
    {
        public static int Add(int a, int b) => checked(a + b);
    }

    [Refused("Multiply")]
    private static class Product
    {
        public static uint Multiply(uint a, uint b)
        {
            checked
            {
                return a * b;
            }
        }
    }

    [Refused("Narrow")]
    private static class Conversion
    {
        public static byte Narrow(int value) => checked((byte)value);
    }

    [Accepted]
    private static class WrittenOut
    {
        public static int Add(int a, int b) => a > int.MaxValue - b ? -1 : a + b;

        public static byte Narrow(int value) => unchecked((byte)value);
    }
}
