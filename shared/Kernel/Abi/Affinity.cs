// Where on a board something may run (Genode's affinity.h): a space of cores in columns and rows, and a location, which is a
// rectangle in it. Both travel as one word each, so that a request can carry them.
// Invariant: a location that passes Check lies in its space; mapped to any other space it lies in that, and is never empty.
namespace Tern.Kernel;

/// <summary>Affinity spaces and locations as words: a space is columns and rows, a location column, row, columns, rows; a byte each, low byte first.</summary>
public static class Affinity
{
    /// <summary>Most columns and most rows.</summary>
    public const int Most = 255;

    /// <summary>A space of cores.</summary>
    /// <param name="width">Columns, 1 to <see cref="Most"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="Most"/>.</param>
    public static int Space(int width, int height) => width | (height << 8);

    /// <summary>A rectangle in a space.</summary>
    /// <param name="x">The first column.</param>
    /// <param name="y">The first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static int Location(int x, int y, int width, int height) => x | (y << 8) | (width << 16) | (height << 24);

    /// <summary>All of a space.</summary>
    public static int All(int space) => Location(0, 0, Width(space), Height(space));

    /// <summary>A space's columns.</summary>
    public static int Width(int space) => space & Most;

    /// <summary>A space's rows.</summary>
    public static int Height(int space) => (space >> 8) & Most;

    /// <summary>A location's first column.</summary>
    public static int Column(int location) => location & Most;

    /// <summary>A location's first row.</summary>
    public static int Row(int location) => (location >> 8) & Most;

    /// <summary>The space that a location is.</summary>
    public static int SizeOf(int location) => (location >> 16) & 0xffff;

    /// <summary>Whether a location lies in a space.</summary>
    /// <returns>BadArgument when it does not, or one of them is empty or no such word.</returns>
    public static Error Check(int space, int location)
    {
        int size = SizeOf(location);
        bool right = space >> 16 == 0 && Width(space) > 0 && Height(space) > 0 && Width(size) > 0 && Height(size) > 0
            && Column(location) + Width(size) <= Width(space) && Row(location) + Height(size) <= Height(space);
        return right ? Error.None : Error.BadArgument;
    }

    /// <summary>Where a location of one space lies in a part of another, which may be smaller: at least one column and row of it.</summary>
    /// <param name="space">The space in which the location is meant.</param>
    /// <param name="location">The location.</param>
    /// <param name="into">The location that the space stands for.</param>
    public static int Map(int space, int location, int into)
    {
        int size = SizeOf(location);
        int target = SizeOf(into);
        Scale(Column(location), Width(size), Width(space), Width(target), out int x, out int width);
        Scale(Row(location), Height(size), Height(space), Height(target), out int y, out int height);
        return Location(Column(into) + x, Row(into) + y, width, height);
    }

    private static void Scale(int at, int size, int from, int to, out int scaledAt, out int scaledSize)
    {
        scaledAt = at * to / from;
        int end = (at + size) * to / from;
        scaledSize = end > scaledAt ? end - scaledAt : 1;
    }
}
