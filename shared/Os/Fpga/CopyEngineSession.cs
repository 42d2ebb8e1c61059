// The client's side of a "Copy_engine" session. Its server is a sibling, so each request is a send: the methods compose the message, the
// caller sends it with a label of its own and reads the answer in OnReply with the readers below.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>
/// A Copy_engine session: <c>env.OpenWith(CopyEngineSession.Service, label, 0, 0, bytes, replyLabel)</c>, and then
/// <c>env.Send(session.Selector, session.Copy(0, 4096, 4096), label)</c>.
/// </summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct CopyEngineSession(Env env, int session)
{
    /// <summary>The service's name.</summary>
    public const string Service = "Copy_engine";

    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Composes <see cref="CopyEngineOperation.Info"/>; the answer is read with <see cref="IsReady"/> and its neighbours.</summary>
    public Message Info() => env.Compose(CopyEngineOperation.Info);

    /// <summary>Composes <see cref="CopyEngineOperation.Sigh"/>.</summary>
    public Message Sigh(int signal) => env.Compose(CopyEngineOperation.Sigh).AddCapability(signal);

    /// <summary>Composes <see cref="CopyEngineOperation.Buffer"/>.</summary>
    public Message Buffer(int dataspace) => env.Compose(CopyEngineOperation.Buffer).AddCapability(dataspace);

    /// <summary>Composes <see cref="CopyEngineOperation.Write"/>.</summary>
    public Message Write(int address, int offset, int length) => Compose(CopyEngineOperation.Write, address, offset, length);

    /// <summary>Composes <see cref="CopyEngineOperation.Read"/>.</summary>
    public Message Read(int address, int offset, int length) => Compose(CopyEngineOperation.Read, address, offset, length);

    /// <summary>Composes <see cref="CopyEngineOperation.Fill"/>.</summary>
    public Message Fill(int pattern, int address, int length) => Compose(CopyEngineOperation.Fill, pattern, address, length);

    /// <summary>Composes <see cref="CopyEngineOperation.Copy"/>.</summary>
    public Message Copy(int source, int destination, int length) => Compose(CopyEngineOperation.Copy, source, destination, length);

    /// <summary>Composes <see cref="CopyEngineOperation.Compare"/>.</summary>
    public Message Compare(int source, int destination, int length) => Compose(CopyEngineOperation.Compare, source, destination, length);

    /// <summary>Composes <see cref="CopyEngineOperation.Crc"/>.</summary>
    public Message Crc(int source, int length) => env.Compose(CopyEngineOperation.Crc).Add(source).Add(length);

    /// <summary>Composes <see cref="CopyEngineOperation.CopyList"/>.</summary>
    public Message CopyList(int offset, int entries) => env.Compose(CopyEngineOperation.CopyList).Add(offset).Add(entries);

    /// <summary>Composes <see cref="CopyEngineOperation.DirtyRead"/>.</summary>
    public Message DirtyRead(int region, int firstGranule, bool clear, int bytes, int offset)
        => Compose(CopyEngineOperation.DirtyRead, region, firstGranule, clear ? 1 : 0).Add(bytes).Add(offset);

    /// <summary>Composes <see cref="CopyEngineOperation.DirtyClear"/>.</summary>
    public Message DirtyClear(int region, int firstGranule, int bytes) => Compose(CopyEngineOperation.DirtyClear, region, firstGranule, bytes);

    /// <summary>Composes <see cref="CopyEngineOperation.Intercept"/>.</summary>
    public Message Intercept(int region, int primary, int redundant, int size, int granularity)
        => Compose(CopyEngineOperation.Intercept, region, primary, redundant).Add(size).Add(granularity);

    /// <summary>Composes <see cref="CopyEngineOperation.Intercept"/> so that it ends a region.</summary>
    public Message EndIntercept(int region) => Intercept(region, 0, 0, 0, 0);

    /// <summary>Composes <see cref="CopyEngineOperation.Collect"/>; the answer is read with <see cref="Job"/>, <see cref="JobError"/> and <see cref="JobValue"/>.</summary>
    public Message Collect() => env.Compose(CopyEngineOperation.Collect);

    /// <summary>Composes <see cref="CopyEngineOperation.Cancel"/>.</summary>
    public Message Cancel() => env.Compose(CopyEngineOperation.Cancel);

    /// <summary>Composes <see cref="CopyEngineOperation.Bank"/>; the answer's capability 0 is the managed dataspace.</summary>
    public Message Bank(int address, int size) => env.Compose(CopyEngineOperation.Bank).Add(address).Add(size);

    /// <summary>Composes <see cref="CopyEngineOperation.FreeBank"/>.</summary>
    public Message FreeBank(int bank) => env.Compose(CopyEngineOperation.FreeBank).AddCapability(bank);

    /// <summary>Of an answer to Info: whether jobs are taken.</summary>
    public static bool IsReady(Message answer) => answer.Word(0) == CopyEngineState.Ready;

    /// <summary>Of an answer to Info: how often the memory's content began anew.</summary>
    public static int Generation(Message answer) => answer.Word(1);

    /// <summary>Of an answer to Info: bytes of memory.</summary>
    public static int Size(Message answer) => answer.Word(2);

    /// <summary>Of an answer to Info: most jobs at once.</summary>
    public static int MostJobs(Message answer) => answer.Word(3);

    /// <summary>Of an answer to Info: how many regions can still be intercepted.</summary>
    public static int FreeRegions(Message answer) => answer.Word(4);

    /// <summary>Of an answer to Info: dirty bits of a region.</summary>
    public static int DirtyBits(Message answer) => answer.Word(5);

    /// <summary>Of an answer to what submits, or to Collect: the job's number; 0 for none.</summary>
    public static int Job(Message answer) => answer.Word(0);

    /// <summary>Of an answer to Collect: how the job ended.</summary>
    public static Error JobError(Message answer) => (Error)answer.Word(1);

    /// <summary>Of an answer to Collect: the job's value, for those that have one.</summary>
    public static int JobValue(Message answer) => answer.Word(2);

    private Message Compose(int opcode, int first, int second, int third)
        => env.Compose(opcode).Add(first).Add(second).Add(third);
}
