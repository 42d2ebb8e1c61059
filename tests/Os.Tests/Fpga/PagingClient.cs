// A client of banks: asks for them, and touches them as a test says.
using System;
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>Has a session of a <see cref="PagingDriver"/> and what it got there.</summary>
internal sealed class PagingClient : OrderedProgram
{
    internal const int Make = 1;
    internal const int Free = 2;
    internal const int Lend = 3;

    private const int OpenLabel = 1;
    private const int AnswerLabel = 2;

    internal int Session { get; private set; }

    /// <summary>The last outcome, and the bank that came with it.</summary>
    internal Error Outcome { get; private set; }

    internal int Bank { get; private set; }

    public override void Construct(Env env)
    {
        base.Construct(env);
        env.Open("Bank", "", OpenLabel);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        Outcome = error;
        if (label == OpenLabel)
        {
            Session = answer.Capability(0);
        }
        else
        {
            Bank = answer.Capability(0);
        }
    }

    internal void Ask(Env env, int address, int size)
        => Tern.Tests.Expect.Ok(env.Send(Session, env.Compose(Make).Add(address).Add(size), AnswerLabel));

    internal void GiveBack(Env env, int bank)
        => Tern.Tests.Expect.Ok(env.Send(Session, env.Compose(Free).AddCapability(bank), AnswerLabel));

    /// <summary>Whether an access ends its handler. A program has no business catching that; a test has.</summary>
    internal static bool Faults(Env env, int address, bool isWrite)
    {
        try
        {
            if (isWrite)
            {
                env.Memory.WriteByte(address, 1);
            }
            else
            {
                env.Memory.ReadByte(address);
            }

            return false;
        }
        catch (Exception fault)
        {
            // The kernel's own, which nobody else is to see.
            if (fault.GetType().Name != "ProgramFault")
            {
                throw;
            }

            return true;
        }
    }
}
