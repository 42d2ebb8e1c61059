using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Tern.Rules.Tests.Fixtures;

internal static class NoMissingLibraries
{
    [Refused("Sum")]
    private static class Collections
    {
        internal static int Sum()
        {
            var list = new List<int> { 1, 2 };
            return list[0] + list[1];
        }
    }

    [Refused("Sum")]
    private static class Queries
    {
        internal static int Sum(int[] numbers) => numbers.Sum();
    }

    [Refused("Sheep")]
    private static class Texts
    {
        internal static string Sheep(string text) => text.Replace("goat", "sheep");
    }

    [Accepted]
    private static class Plain
    {
        internal static int Sum()
        {
            var list = new ArrayList { 1, 2 };
            return (int)list[0]! + list.Count;
        }
    }
}
