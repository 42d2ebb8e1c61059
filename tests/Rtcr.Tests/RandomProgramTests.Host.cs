// Random programs: a target that does whatever its script says, checkpointed at a random dispatch, restored on another board.
// The continued run equals the undisturbed one. FsCheck shrinks the script of a failure and prints it with its seed.
// The environment variable TERN_PROGRAMS sets how many programs are tried (default ProgramsInSuite).
using System;
using FsCheck;
using FsCheck.Fluent;

namespace Tern.Tests;

[TestClass]
public class RandomProgramTests
{
    private const int ProgramsInSuite = 300;
    private const int LongestScript = 60;
    private const int RestoresPerProgram = 3;

    [TestMethod]
    public void ARandomProgramEndsAsUndisturbedWhereverItIsCheckpointed()
    {
        Gen<byte[]> step = Gen.Choose(0, Improviser.Kinds - 1).SelectMany(kind =>
            Gen.Choose(0, Improviser.Slots - 1).SelectMany(slot =>
                Gen.Choose(0, 255).Select(amount => new[] { (byte)kind, (byte)slot, (byte)amount })));
        Arbitrary<(byte[][] Steps, int Point)> programs = Arb.From(
            Gen.Choose(1, LongestScript).SelectMany(length => step.ArrayOf(length))
                .SelectMany(steps => Gen.Choose(0, int.MaxValue).Select(point => (steps, point))),
            Shrink);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs()), Prop.ForAll(programs, program => Survives(program.Steps, program.Point)));
    }

    private static void Survives(byte[][] steps, int point)
    {
        byte[] script = Flatten(steps);
        var scenario = new Scenario("script " + Convert.ToHexString(script), new Improviser(), script) { Caps = 300, Length = 900 };
        Sweep sweep = Sweep.Of(scenario, out string problem);
        Assert.AreEqual("", problem, problem);
        for (int i = 0; i < RestoresPerProgram; i++)
        {
            string found = sweep.Restore((int)(((uint)point + ((uint)i * 7919)) % (uint)sweep.Points));
            Assert.AreEqual("", found, found);
        }
    }

    /// <summary>A smaller program leaves steps out.</summary>
    private static System.Collections.Generic.IEnumerable<(byte[][] Steps, int Point)> Shrink((byte[][] Steps, int Point) program)
    {
        for (int size = program.Steps.Length / 2; size > 0; size /= 2)
        {
            for (int from = 0; from + size <= program.Steps.Length; from += size)
            {
                byte[][] rest = [.. program.Steps[..from], .. program.Steps[(from + size)..]];
                if (rest.Length > 0)
                {
                    yield return (rest, program.Point);
                }
            }
        }
    }

    private static byte[] Flatten(byte[][] steps)
    {
        var script = new byte[steps.Length * Improviser.StepSize];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i].CopyTo(script, i * Improviser.StepSize);
        }

        return script;
    }

    private static int Programs()
        => int.TryParse(Environment.GetEnvironmentVariable("TERN_PROGRAMS"), out int programs) ? programs : ProgramsInSuite;
}
