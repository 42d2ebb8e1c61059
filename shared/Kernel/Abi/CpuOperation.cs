// The CPU session (Genode's cpu_session.h): threads.
namespace Tern.Kernel;

/// <summary>Operations of a CPU session. A session's arguments are: 0 an affinity space and 1 a location in it (see <see cref="Affinity"/>; both 0
/// for all that the payer has), 2 a share of the payer's processor time in hundredths of a percent (0 for no limit of its own) in its low half, and in
/// its high half how many priorities its threads may have, from 0 on (0 for all that the payer has; more is <see cref="Error.NotPermitted"/>). A
/// thread never leaves what its session has, also when that is closed. The authority over a thread is its capability: any CPU session serves any
/// thread that its caller can name.</summary>
public static class CpuOperation
{
    /// <summary>Makes a thread. Capability 0: the PD session it runs in; words: 0 priority (see <see cref="SetPriority"/>), 1 its label (see
    /// <see cref="Env.CurrentEntrypoint"/>), 0 for the first thread; text: its name. Answer: the thread.</summary>
    public const int CreateThread = 1;

    /// <summary>Starts a thread. Capability 0: the thread; word 0: 1 to run the program's Construct first, which only the first thread does;
    /// 0 to go on as restored, or to begin with a further thread.</summary>
    public const int Start = 2;

    /// <summary>Pauses a thread between its handlers; counted. Capability 0: the thread.</summary>
    public const int Pause = 3;

    /// <summary>Takes one pause back. Capability 0: the thread.</summary>
    public const int Resume = 4;

    /// <summary>Ends a thread, and the gates and signal contexts that lead to it. Capability 0: the thread.</summary>
    public const int Kill = 5;

    /// <summary>Capability 0: the thread. Answer: words 0 whether it runs, 1 its pause count, 2 its priority, 3 whether Construct is
    /// still to be run, 4 its label, 5 how many events wait for it (see <see cref="NativePdOperation.ReadEvent"/>), 6 its turn
    /// among the ready threads of its priority, 0 when it is not ready.</summary>
    public const int State = 6;

    /// <summary>Answer: words 0–1 nanoseconds since boot in which the board was at work, 2–3 nanoseconds since boot.</summary>
    public const int Load = 7;

    /// <summary>Changes a thread's priority. Capability 0: the thread; word 0: the priority, <see cref="Error.NotPermitted"/> when the session that
    /// the thread was made with has not so many. It takes its turn behind those of the same priority.</summary>
    public const int SetPriority = 8;

    /// <summary>Capability 0: the thread. Answer: text: its name.</summary>
    public const int Name = 9;

    /// <summary>Sets who is signalled when a handler of one of the session's threads ends with a fault. Capability 0: an Irq object; none clears it.
    /// The component is stopped then, whoever handles the exception.</summary>
    public const int ExceptionSigh = 10;

    /// <summary>Reads a fault of one of the session's threads. Word 0: how many to skip. Answer: words 0 the <see cref="Error"/> that ended the
    /// handler (0: there is none), 1 the address that it is about, 2 the <see cref="Rights"/> that were wanted there (0: it is
    /// about no address), 3 the thread's label; text: the name of the program's own exception, or nothing; capability 0: the thread.</summary>
    public const int Exception = 11;

    /// <summary>Answer: word 0 the session's affinity space, as <see cref="Affinity.Space"/> packs it.</summary>
    public const int AffinitySpace = 12;

    /// <summary>Sets where a thread may run. Capability 0: the thread; words: 0 the affinity space that the caller reckons with, 1 a location in it. Core maps
    /// it to what the thread's session has on this board.</summary>
    public const int SetAffinity = 13;

    /// <summary>Capability 0: the thread. Answer: words 0 the space and 1 the location that were set last (0: none were), 2 the location on this board.</summary>
    public const int ReadAffinity = 14;

    /// <summary>Answer: words 0–1 nanoseconds of each period that the session's threads may use before they yield (0: without limit), 2–3 those used in
    /// this period, 4–5 the period, 6 how many priorities they may have, from 0 on.</summary>
    public const int Quota = 15;
}
