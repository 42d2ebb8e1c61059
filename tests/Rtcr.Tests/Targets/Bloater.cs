// A target that can be checkpointed at first, and from its eighth check on not any more.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Has more memory than an image has room for, from its eighth check on; faults when its interrupt line is raised.</summary>
public sealed class Bloater : Probe
{
    public const string Name = "bloater";

    /// <summary>Its interrupt line.</summary>
    public const int Line = 7;

    private const int Stone = 7;

    protected override void Enter(Env env, Notes notes)
        => new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line)).Sigh(env.Signal(Stone));

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 8)
        {
            new PdSession(env, Selectors.Pd).AllocateDataspace(200 * 1024, out Error error);
            Must(env, error, "allocate");
        }

        return "";
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Memory.ReadInt32(4);
}
