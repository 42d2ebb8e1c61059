// tern run refuses programs that break the rules, before anything runs, as the tests do.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

[TestClass]
public sealed class BenchProgramTests : CommandTest
{
    [TestMethod]
    public void A_program_with_a_field_is_refused_with_what_to_do()
    {
        Assert.AreEqual(ExitCodes.Usage, CommandLine.Run(["run", "sheep"], new Output(_out, _error), programs: name => name == "sheep_counter" ? new Counter() : Programs.Make(name)));
        Assert.StartsWith("error: 1 place in the bench's programs would not work on a board, or not survive a migration:", _error.ToString());
        Assert.Contains("Counter._sheep is a program's instance field; a component's state must be in its checkpoint: keep it in the component's memory", _error.ToString());
        Assert.AreEqual("", _out.ToString(), "nothing ran");
    }

    [TestMethod]
    public void The_programs_of_all_benches_obey()
    {
        var catalog = new BenchCatalog();
        foreach (string name in catalog.Names)
        {
            BenchPrograms.Check(catalog.Read(name), Programs.Make);
        }
    }

    [TestMethod]
    public void Targets_below_an_rtcr_are_checked_too() =>
        Assert.ThrowsExactly<RulesException>(() => BenchPrograms.Check(
            new BenchCatalog().Read("checkpoint-management"), name => name == "sheep_counter" ? new Counter() : Programs.Make(name)));

    private sealed class Counter : Program
    {
        private int _sheep;

        public override void Construct(Env env) => env.Log($"{++_sheep} sheep");
    }
}
