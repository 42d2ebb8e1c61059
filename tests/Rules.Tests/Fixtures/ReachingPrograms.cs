// Programs whose own code and what they reach of this assembly is checked as tern run does it; the other fixtures are not reached.
using System.Collections.Generic;
using Tern.Kernel;

namespace Tern.Rules.Tests.Fixtures;

internal static class ReachingPrograms
{
    internal sealed class Wrong : Program
    {
        private int _sheep;

        public override void Construct(Env env) => _sheep += Ledger.Next();

        public override void OnSignal(Env env, int label, int count)
        {
            var list = new List<int> { count };
            env.Root = list.Count;
        }
    }

    internal sealed class Right : Program
    {
        private const int Tick = 1;

        public override void Construct(Env env) => env.Log($"sheep {env.Signal(Tick)} of {env.Root}");
    }

    private static class Ledger
    {
        private static int _last;

        internal static int Next() => ++_last;
    }
}
