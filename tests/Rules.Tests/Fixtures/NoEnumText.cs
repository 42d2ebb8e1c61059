using System.Text;

namespace Tern.Rules.Tests.Fixtures;

internal static class NoEnumText
{
    private enum State
    {
        Ready,
        Paused,
    }

    [Refused("Text")]
    private static class ToStringCall
    {
        public static string Text(State state) => state.ToString();
    }

    [Refused("Text")]
    private static class ToStringWithFormat
    {
        public static string Text(State state) => state.ToString("D");
    }

    [Refused("Text")]
    private static class Formatted
    {
        public static string Text(State state, int count) => string.Format(null, "{0} {1}", Next(count), state);

        private static object Next(int count) => count + 1;
    }

    [Refused("Text")]
    private static class FormattedArray
    {
        public static string Text(State state) => string.Format(null, "{0} {1} {2} {3}", new object[] { 1, 2, 3, state });
    }

    [Refused("Text")]
    private static class Concatenated
    {
        public static string Text(State state) => string.Concat("is ", (object)state);
    }

    [Refused("Text")]
    private static class Appended
    {
        public static void Text(StringBuilder to, State state) => to.Append((object)state);
    }

    [Accepted]
    private static class Named
    {
        public static string Text(State state) => state switch
        {
            State.Ready => "ready",
            _ => "paused",
        };

        public static string Number(State state) => ((int)state).ToString();

        public static bool Same(State state, object other) => other.Equals(state) && ReferenceEquals("a", "b".ToString());
    }
}
