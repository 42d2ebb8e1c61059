using System;

namespace Tern.Rules.Tests.Fixtures;

internal static class PlainDataRows
{
    [Refused("Test")]
    private sealed class WithBool
    {
        [DataRow(1, true)]
        public void Test(int number, bool flag) => Console.Write($"{number}{flag}");
    }

    [Refused("Test")]
    private sealed class WithType
    {
        [DataRow(typeof(int))]
        public void Test(Type type) => Console.Write(type);
    }

    [Refused("Test")]
    private sealed class WithEnum
    {
        [DataRow("a", DayOfWeek.Friday)]
        public void Test(string text, DayOfWeek day) => Console.Write($"{text}{day}");
    }

    [Refused("Test")]
    private sealed class WithName
    {
        [DataRow(1, DisplayName = "one")]
        public void Test(int number) => Console.Write(number);
    }

    [Accepted]
    private sealed class Plain
    {
        [DataRow(1, "one", 1u)]
        [DataRow(2, null, 2u)]
        public void Test(int number, string? text, uint unsigned) => Console.Write($"{number}{text}{unsigned}");
    }
}
