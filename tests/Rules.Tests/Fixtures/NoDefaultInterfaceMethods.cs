namespace Tern.Rules.Tests.Fixtures;

internal static class NoDefaultInterfaceMethods
{
    [Refused("Twice")]
    private interface IWithBody
    {
        int Once();

        int Twice() => Once() + Once();
    }

    [Refused("Zero")]
    private interface IWithStatic
    {
        static int Zero() => 0;
    }

    [Refused("Make")]
    private interface IWithStaticAbstract
    {
        static abstract int Make();
    }

    [Accepted]
    private interface IPlain
    {
        int Count { get; }

        int Once();
    }

    [Accepted]
    private abstract class Base
    {
        public abstract int Once();

        public virtual int Twice() => Once() + Once();
    }
}
