using System;

namespace Tern.Rules.Tests.Fixtures;

internal static class NoGenerics
{
    [Refused]
    private sealed class OwnType<T>
    {
        public T Value = default!;
    }

    [Refused("Twice")]
    private static class OwnMethod
    {
        public static void Twice<T>(T value) => Console.Write(value);
    }

    [Refused("_handler")]
    private sealed class ActionField(Action<int> handler)
    {
        private readonly Action<int> _handler = handler;

        public void Run() => _handler.Invoke(1);
    }

    [Refused("Sum")]
    private static class FuncCall
    {
        public static int Sum(int a) => Make().Invoke(a);

        private static Func<int, int> Make() => null!;
    }

    [Refused("None")]
    private static class Nullable
    {
        public static bool None(object[] boxes) => ((int?)boxes[0]).HasValue;
    }

    [Refused("Empty")]
    private static class MethodOfTheLibrary
    {
        public static int[] Empty() => Array.Empty<int>();
    }

    [Refused("Of")]
    private static class InsideAnArray
    {
        public static int Of(Func<int>[] many) => many.Length;
    }

    [Accepted]
    private static class OwnDelegate
    {
        public delegate void Handler(int value);

        public static void Run(Action plain)
        {
            int sum = 0;
            Handler handler = value => sum += value;
            handler(1);
            plain();
        }
    }
}
