using System;

namespace Tern.Rules.Tests.Fixtures;

internal static unsafe class NoFunctionPointers
{
    [Refused("Next")]
    private sealed class Field
    {
        public delegate*<int, int> Next;
    }

    [Refused("Run")]
    private static class Call
    {
        public static int Run(delegate*<int, int> next) => next(1);
    }

    [Refused("Take")]
    private static class Address
    {
        public static bool Take() => (delegate*<int, int>)&Next != null;

        private static int Next(int value) => value + 1;
    }

    [Accepted]
    private static class Delegates
    {
        public static void Run(object target)
        {
            Action first = Twice;
            Action second = () => first();
            Func<string?> third = target.ToString;
            second();
            third();
        }

        private static void Twice()
        {
        }
    }
}
