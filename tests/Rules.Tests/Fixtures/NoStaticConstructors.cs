namespace Tern.Rules.Tests.Fixtures;

internal static class NoStaticConstructors
{
    [Refused(".cctor")]
    private static class Written
    {
        public static readonly int[] Squares;

        static Written()
        {
            Squares = new int[4];
            for (int i = 0; i < Squares.Length; i++)
            {
                Squares[i] = i * i;
            }
        }
    }

    [Accepted]
    private static class Initialised
    {
        public static readonly int[] Squares = [0, 1, 4, 9];
    }
}
