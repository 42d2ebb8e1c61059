namespace Tern.Rules.Tests.Fixtures;

internal static class NoMultidimensionalArrays
{
    [Refused("Table")]
    private sealed class Field
    {
        public int[,] Table = null!;
    }

    [Refused("Make")]
    private static class Local
    {
        public static int Make()
        {
            int[,] table = new int[2, 2];
            return table[1, 1];
        }
    }

    [Refused("Of")]
    private static class Inside
    {
        public static int Of(int[][,] tables) => tables.Length;
    }

    [Accepted]
    private static class Jagged
    {
        public static int Make()
        {
            int[][] table = [[1, 2], [3, 4]];
            return table[1][1];
        }
    }
}
