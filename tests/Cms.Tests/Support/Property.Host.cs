// Properties run over the same cases every time: a failure that came once comes again.
using System;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Tern.Cms.Tests;

internal static class Property
{
    internal static void Holds<T>(Gen<T> cases, Action<T> claim, int count)
    {
        var start = new Replay(new Rnd(20211115, 0x9E3779B97F4A7C15), FSharpOption<int>.None);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(start));
        Check.One(config, Prop.ForAll(Arb.From(cases), claim));
    }
}
