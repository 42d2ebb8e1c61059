// What RTCR has to know of a service to checkpoint its sessions: which calls change state, and how the state that calls
// do not tell is read and written back. One description a service is all that a new service needs.
namespace Tern.Rtcr;

/// <summary>A service, as interception sees it.</summary>
public sealed class ServiceDescription
{
    private readonly int[] _sets;
    private readonly int[] _destroys;

    /// <summary>Describes a service.</summary>
    /// <param name="sets">Operations whose last call is issued again on restore.</param>
    /// <param name="destroys">Operations that end the object given as first capability.</param>
    public ServiceDescription(int[] sets, int[] destroys)
    {
        _sets = sets;
        _destroys = destroys;
    }

    /// <summary>Whether nothing is known of the service: then the last call of each operation that gave away one of the target's
    /// capabilities and made nothing counts as setting something, as long as somebody has the capability.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The operation that reads state which passes by itself, such as a timer's remaining time; 0 for none.</summary>
    public int ReadState { get; init; }

    /// <summary>The operation that writes it back, given the words that <see cref="ReadState"/> answered.</summary>
    public int WriteState { get; init; }

    /// <summary>How many leading words of <see cref="ReadState"/>'s answer are not given to <see cref="WriteState"/>.</summary>
    public int SkippedWords { get; init; }

    /// <summary>Which word of <see cref="ReadState"/>'s answer begins a 64-bit number by which sessions of the service are ordered, such as
    /// timers that are due together; 0 for none. The image has the session's rank instead, and states are written back in that order.</summary>
    public int OrderAt { get; init; }

    /// <summary>The operation whose first word is a size that it rounds up to pages; 0 for none. It is issued again with the
    /// size that came of it, since another board has other pages.</summary>
    public int RoundsSize { get; init; }

    /// <summary>The operation whose capability the target gives away and does not use: it goes on as the target names it, RTCR's
    /// gate for a session. 0 for none.</summary>
    public int Delegates { get; init; }

    /// <summary>The operation whose objects are made again in the order of their making among those that its first capability
    /// tells; 0 for none.</summary>
    public int KeepsOrder { get; init; }

    /// <summary>Whether what a session's answers brought lives on when the session is closed.</summary>
    public bool ObjectsLiveOn { get; init; }

    /// <summary>Whether what a session shows may be another version on another board. Its state then tells which it was, with a last
    /// word whether another one is refused; a server that knows nothing of versions tells none.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>Whether the service's sessions carry flows, which cannot be kept: the state is which flows the target has, and on a
    /// restore it learns that they have ended.</summary>
    public bool HasFlows { get; init; }

    /// <summary>How many operations end an object.</summary>
    internal int DestroyCount => _destroys.Length;

    /// <summary>One of the operations that end an object.</summary>
    internal int DestroyAt(int index) => _destroys[index];

    /// <summary>The effect of an operation.</summary>
    public CallEffect EffectOf(int opcode)
        => Contains(_sets, opcode) ? CallEffect.Set : Contains(_destroys, opcode) ? CallEffect.Destroy : CallEffect.None;

    private static bool Contains(int[] opcodes, int opcode)
    {
        for (int i = 0; i < opcodes.Length; i++)
        {
            if (opcodes[i] == opcode)
            {
                return true;
            }
        }

        return false;
    }
}
