// Operations of core's smaller services. Each is Genode's session interface of that name, with the calls that Tern has.
namespace Tern.Kernel;

/// <summary>Operations of an RM session (rm_session.h): region maps beyond the address space.</summary>
public static class RmOperation
{
    /// <summary>Makes a managed dataspace. Word 0: its size in bytes. Answer: the region map.</summary>
    public const int Create = 1;

    /// <summary>Ends one. Capability 0: the region map.</summary>
    public const int Destroy = 2;
}

/// <summary>Operations of a ROM session (rom_session.h): a read-only module.</summary>
public static class RomOperation
{
    /// <summary>Answer: word 0 the module's length in bytes; capability 0 its dataspace.</summary>
    public const int Dataspace = 1;

    /// <summary>Sets who is signalled when the module has become another one. Capability 0: an Irq object.</summary>
    public const int Sigh = 2;

    /// <summary>The client has noticed. Answer: word 0, 1 when the dataspace shows the newest module.</summary>
    public const int Update = 3;

    /// <summary>Answer: words 0 the module's length in bytes, 1 its CRC-32, 2 whether the client has still to be told of a
    /// change, 3 whether it refuses another version.</summary>
    public const int Version = 4;

    /// <summary>For restoring. Words as <see cref="Version"/> told them. Another length or CRC-32 is <see cref="Error.Changed"/> if it
    /// is refused; otherwise the client is signalled.</summary>
    public const int Compare = 5;
}

/// <summary>Operations of a LOG session (log_session.h).</summary>
public static class LogOperation
{
    /// <summary>Writes a line. Text: the line.</summary>
    public const int Write = 1;
}

/// <summary>Operations of a Report session (report_session.h).</summary>
public static class ReportOperation
{
    /// <summary>Submits a report. Text: a word and <c>key=value</c> pairs.</summary>
    public const int Submit = 1;
}

/// <summary>Operations of a Timer session (timer_session.h). Times are microseconds in two words.</summary>
public static class TimerOperation
{
    /// <summary>Sets who is signalled. Capability 0: an Irq object.</summary>
    public const int Sigh = 1;

    /// <summary>Fires once. Words 0–1: after how long; 0 disarms.</summary>
    public const int TriggerOnce = 2;

    /// <summary>Fires again and again. Words 0–1: the period; 0 disarms.</summary>
    public const int TriggerPeriodic = 3;

    /// <summary>Answer: words 0–1 nanoseconds since the board was switched on.</summary>
    public const int Elapsed = 4;

    /// <summary>Answer: words 0–1 nanoseconds until it fires (negative: it should have
    /// fired; <see cref="long.MinValue"/>: not armed), 2–3 the period in nanoseconds (0: fires once), 4–5 a number by which timers that are due together
    /// are ordered.</summary>
    public const int Remaining = 5;

    /// <summary>Arms as <see cref="Remaining"/> tells. Words 0–3 as there.</summary>
    public const int Rearm = 6;
}

/// <summary>Operations of an IRQ session (irq_session.h). The session's argument 0 is the interrupt's number, or
/// <see cref="ByName"/>; which line that is, the board's wiring says.</summary>
public static class IrqOperation
{
    /// <summary>As a session's argument: the last part of the session's label is the interrupt's name.</summary>
    public const int ByName = -1;

    /// <summary>Sets who is signalled. Capability 0: an Irq object.</summary>
    public const int Sigh = 1;

    /// <summary>Acknowledges the last interrupt and unmasks the line.</summary>
    public const int Acknowledge = 2;

    /// <summary>Answer: words 0 the session's argument, 1 whether an interrupt is unacknowledged, 2 how often it has fired
    /// since and was not signalled yet. All of it means the same on a board that is wired otherwise.</summary>
    public const int Info = 3;

    /// <summary>Brings back what <see cref="Info"/> told of another session, besides what this one has seen itself.
    /// Words: 0 whether an interrupt is unacknowledged, 1 how often it has fired since.</summary>
    public const int SetState = 4;
}

/// <summary>Operations of a Power session: the board sleeps when every session that is signalled has said that it is ready, or the time is over.</summary>
public static class PowerOperation
{
    /// <summary>Sets who is signalled when the board is about to sleep, and when it is awake again. Capability 0: an Irq object, absent for nobody.
    /// From then on the board waits for this session.</summary>
    public const int Sigh = 1;

    /// <summary>Answer: words 0 the number of the announcement (0: the board does not intend to sleep), 1–2 nanoseconds that
    /// remain until it does in any case (−1: it does not intend to).</summary>
    public const int Info = 2;

    /// <summary>The client has done what it had to do. Word 0: the number of the announcement. <see cref="Error.Stale"/>: another one holds now, or none.</summary>
    public const int Ready = 3;
}

/// <summary>Operations of a Block session (block_session.h), synchronous on the board's storage.</summary>
public static class BlockOperation
{
    /// <summary>Answer: words 0 bytes a block, 1 blocks.</summary>
    public const int Info = 1;

    /// <summary>Reads into a dataspace. Words: 0 first block, 1 how many, 2 offset in the dataspace; capability 0: the dataspace.</summary>
    public const int Read = 2;

    /// <summary>Writes from a dataspace. Words and capability as for <see cref="Read"/>.</summary>
    public const int Write = 3;

    /// <summary>Makes all writes durable.</summary>
    public const int Flush = 4;
}

/// <summary>Operations of a Crypto session: the board's checksum and authentication unit over dataspaces.</summary>
public static class CryptoOperation
{
    /// <summary>Words: 0 offset, 1 length, 2 checksum so far; capability 0: the dataspace. Answer: word 0 the CRC-32.</summary>
    public const int Crc32 = 1;

    /// <summary>Words: 0 offset, 1 length, 2 key number; capability 0: the dataspace. Answer: 32 inline bytes, HMAC-SHA-256.</summary>
    public const int Mac = 2;

    /// <summary>Answer: word 0, 32 random bits.</summary>
    public const int Random = 3;
}
