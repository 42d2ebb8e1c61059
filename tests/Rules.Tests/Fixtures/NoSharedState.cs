using System;
using System.Text;

namespace Tern.Rules.Tests.Fixtures;

internal static class NoSharedState
{
    private delegate int Step(int value);

    [Refused("_count")]
    private static class Counter
    {
        private static int _count;

        public static int Next() => ++_count;
    }

    [Refused("<Count>k__BackingField")]
    private static class Property
    {
        public static int Count { get; set; }
    }

    [Refused("Scratch")]
    private static class Buffer
    {
        public static readonly byte[] Scratch = new byte[16];
    }

    [Refused("Scratch")]
    private static class WrittenTable
    {
        private static readonly byte[] Scratch = new byte[16];

        public static void Put(int at, byte value) => Scratch[at] = value;
    }

    [Refused("Scratch")]
    private static class PassedTable
    {
        private static readonly byte[] Scratch = new byte[16];

        public static void Put(byte[] from) => Array.Copy(from, Scratch, 16);
    }

    [Refused("Text")]
    private static class MutableObject
    {
        public static readonly StringBuilder Text = new();
    }

    [Accepted]
    private static class Constants
    {
        public const int Size = 16;
        public static readonly string Name = "sheep";
        public static readonly byte[][] Nothing = new byte[0][];
        public static readonly int[] NothingEither = [];
        private static readonly int[] Squares = [0, 1, 4, 9];

        public static int Square(int of) => of < Squares.Length ? Squares[of] : of * of;

        public static int Through(int value)
        {
            Step step = static number => number + 1;
            return step(value);
        }
    }

    [Accepted]
    private sealed class Stateless
    {
        public static readonly Stateless Only = new(3);

        private readonly int _factor;

        private Stateless(int factor) => _factor = factor;

        public int Times(int value) => value * _factor;
    }
}
