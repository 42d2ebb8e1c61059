using System.Threading;

namespace Tern.Rules.Tests.Fixtures;

internal static class NoVolatile
{
    [Refused("Stop")]
    private sealed class Field
    {
        public volatile bool Stop;
    }

    [Refused("Wait")]
    private sealed class Use
    {
        private readonly Field _field = new();

        public void Wait()
        {
            while (!_field.Stop)
            {
            }
        }
    }

    [Accepted]
    private sealed class Exchanged
    {
        private int _stop;

        public bool Stopped => Interlocked.CompareExchange(ref _stop, 0, 0) != 0;
    }
}
