// What only the creator of a protection domain may do with it (Genode's native_pd). The second capability of a new PD session.
namespace Tern.Kernel;

/// <summary>Operations of a protection domain's native interface.</summary>
public static class NativePdOperation
{
    /// <summary>Loads the text. Text: the binary's name.</summary>
    public const int Load = 1;

    /// <summary>Puts a capability into the domain's capability space. Word 0: the selector, which must be empty or name what has ended; capability 0: what.</summary>
    public const int Install = 2;

    /// <summary>Reads a selector. Word 0: the selector. Answer: words 0 <see cref="ObjectType"/>, 1 badge, 2 the size of the capability space,
    /// 3 whether the selector is in use, be it that its object has ended.</summary>
    public const int ReadSelector = 3;

    /// <summary>Answer: the region map of the domain's address space.</summary>
    public const int AddressSpace = 4;

    /// <summary>Sets who is signalled when the domain's program faults. Capability 0: an Irq object.</summary>
    public const int FaultSignal = 5;

    /// <summary>Answer: words 0 the <see cref="Error"/> that stopped the domain (0 while it is well), 1–2 nanoseconds it has run,
    /// 3 how often it was entered (modulo 2³²).</summary>
    public const int State = 6;

    /// <summary>Reads an outstanding request that the domain sent, oldest first. Word 0: the number of the last one read, 0
    /// at first. Answer: words 0 its number (0: there is none), 1 its <see cref="RequestPhase"/>, 2 the reply label, 3 the
    /// outcome of an answered one or the badge of the thread that keeps a kept one, 4 the gate's badge, 5 the opcode, 6 the token of a kept one, 7 the
    /// badge of the thread that gets the answer.</summary>
    public const int ReadRequest = 7;

    /// <summary>Reads a request's content, or its answer's. Word 0: its number. Answer: the words, bytes and
    /// capabilities of that message.</summary>
    public const int ReadContent = 8;

    /// <summary>Says what the next posted message contains: the words, bytes and capabilities of this one.</summary>
    public const int SetContent = 9;

    /// <summary>Posts a request with the content set before. Words: 0 the reply label, 1 the opcode, 2 the token under which it is
    /// kept, or 0, 3 whether it is in the caller's name (1), to the domain, or in the domain's (0), to anybody; capabilities: 0 the
    /// gate, 1 the domain's thread that gets the answer, absent for the first one, 2 the thread that keeps it, absent for the gate's.
    /// Who keeps it is the domain or one that the caller has below itself.</summary>
    public const int PostRequest = 10;

    /// <summary>Posts an answer that the domain waits for, with the content set before. Words: 0 the reply label, 1 the outcome;
    /// capability 0: the thread that gets it, absent for the first one.</summary>
    public const int PostAnswer = 11;

    /// <summary>Reads or sets the next number of a deferred request. Word 0: 0 to read, otherwise the new number. Answer: word 0 the number.</summary>
    public const int NextToken = 12;

    /// <summary>Answer: the domain's task.</summary>
    public const int Task = 13;

    /// <summary>Reads an event that waits for the domain's threads: thread by thread in the order of their making, of each the
    /// oldest first. Word 0: how many come before it. Answer: words 0 the badge of a triggered signal context, 1 how often it was
    /// triggered; or 0 and the number of a request of the domain or of one that the caller has below itself (see
    /// <see cref="ReadRequest"/>), −1 for somebody else's, −2 for one of the caller's, 0 at the end; 2 the badge of the thread, 3 the
    /// reply label of the caller's.</summary>
    public const int ReadEvent = 14;

    /// <summary>Names a thread of the domain, whoever made it. Word 0: how many were made before it and live. Answer: word 0 how
    /// many threads there are; the thread, absent beyond the last.</summary>
    public const int Thread = 15;

    /// <summary>Keeps the domain's threads from being entered again, be they resumed or not: it has exited.</summary>
    public const int Halt = 16;

    /// <summary>Reads a request of the caller's that the domain keeps, to answer it later, in the order of sending. Word 0: the
    /// number of the last one read, 0 at first. Answer: words 0 its number (0: there is none), 1 the reply label, 2 the token.</summary>
    public const int ReadKept = 20;

    /// <summary>Tells who can name an object. Capability 0: the object. Answer: words 0 how many selectors of the domain and
    /// outstanding messages from or to it, 1 how many selectors of anybody but the domain and the caller.</summary>
    public const int Holders = 21;

    /// <summary>Says that a fault stopped the domain, when it is made again as it was. Word 0: the <see cref="Error"/>.</summary>
    public const int Fail = 22;

    /// <summary>Lets the kernel check its own invariants, all of the board's. <see cref="Error.AuditFailed"/> when one is broken; text: which, and where.</summary>
    public const int Audit = 23;

    /// <summary>Reads many selectors that are in use. Word 0: the first to look at. Answer: word 0 where to look next, 0 at the
    /// end; bytes: a selector and its badge, 4 bytes each, again and again. Badge 0: its object has ended.</summary>
    public const int ReadSelectors = 24;

    /// <summary>Puts a managed dataspace behind a dataspace of the domain: its memory on the board is given up, its bytes are what the
    /// managed dataspace shows, and it stays charged as before. Its contents are lost. Word 0: where in the managed dataspace it
    /// begins, a multiple of the page size; capabilities: the dataspace, the managed dataspace, which from then on may show
    /// ordinary dataspaces only. When that ends, the dataspace has no bytes, and accesses
    /// fault.</summary>
    public const int Back = 25;
}

/// <summary>How far an outstanding request has come.</summary>
public static class RequestPhase
{
    /// <summary>It waits for its answer.</summary>
    public const int Asked = 0;

    /// <summary>Its answer waits to be delivered.</summary>
    public const int Answered = 1;

    /// <summary>The domain asked itself or another one that the reader has below itself, and that has not begun to handle it.</summary>
    public const int Queued = 2;

    /// <summary>The domain asked itself or another one that the reader has below itself, and that keeps the request to answer it later.</summary>
    public const int Kept = 3;
}
