namespace Tern.Rules.Tests.Fixtures;

internal static unsafe class NoPointers
{
    [Refused("Head")]
    private struct Field
    {
        public byte* Head;
    }

    [Refused("Bytes")]
    private struct Buffer
    {
        public fixed byte Bytes[16];
    }

    [Refused("First")]
    private static class Fixed
    {
        public static byte First(byte[] bytes)
        {
            fixed (byte* head = bytes)
            {
                return *head;
            }
        }
    }

    [Refused("Make")]
    private static class OnTheStack
    {
        public static int Make()
        {
            int* numbers = stackalloc int[4];
            return numbers[0];
        }
    }

    [Accepted]
    private static class ByReference
    {
        public static ref int At(int[] numbers, int index) => ref numbers[index];

        public static void Twice(ref int number) => number *= 2;
    }
}
