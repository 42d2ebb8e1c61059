using Tern.Kernel;

namespace Tern.Rules.Tests.Fixtures;

internal static class ProgramsAreText
{
    [Refused("_sheep")]
    private sealed class Field : Program
    {
        private int _sheep;

        public override void Construct(Env env) => _sheep++;
    }

    [Refused("<parameter>P")]
    private sealed class CapturedParameter(int parameter) : Program
    {
        public override void Construct(Env env) => env.Memory.WriteInt32(0, parameter);
    }

    [Refused("_last")]
    private abstract class Base : Program
    {
        private Env? _last;

        public override void Construct(Env env) => _last = _last == null ? env : null;
    }

    [Refused("_sheep")]
    private sealed class Static : Program
    {
        private static int _sheep;

        public override void Construct(Env env) => _sheep++;
    }

    [Accepted]
    private sealed class Text : Program
    {
        private const int Tick = 1;
        private static readonly int[] Steps = [1, 2, 3];

        public override void Construct(Env env) => env.Memory.WriteInt32(0, Steps[Tick]);
    }

    [Accepted]
    private sealed class Pinned : PinnedProgram
    {
        private int _sheep;

        public override void Construct(Env env) => _sheep++;
    }
}
