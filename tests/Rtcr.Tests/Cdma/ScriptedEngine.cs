// The driver of a co-processor whose every move a test decides: what it answers and when, when jobs end and how, and when the
// co-processor is pulled and comes back. Its memory is a dataspace of its own; beside this file stand its jobs and its banks.
// Invariant: without a script it does what a driver promises (CopyEngineOperation), and at once.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Tests;

/// <summary>A commanded server of the service <c>Copy_engine</c>, for one client at a time.</summary>
public sealed partial class ScriptedEngine : PinnedProgram
{
    public const string Name = "engine";

    /// <summary>How often something is refused that is refused for ever.</summary>
    public const int Always = int.MaxValue;

    private const int Line = 4;
    private const int Doorbell = 1;

    private Env _env = null!;
    private IrqSession _irq;
    private int _rm;
    private int _session;
    private int _signal;

    // The request that is not answered yet: what it asks, and its token.
    private readonly int[] _asked = new int[4];
    private int _askedCapability;
    private int _token;

    // The answer that is being made.
    private readonly int[] _answer = new int[6];
    private int _answerSize;
    private int _answerCapability;

    /// <summary>What the test wants done next, in a handler.</summary>
    public CommandedRtcr.Work? Next { get; set; }

    /// <summary>Whether it announces itself only when it is told to.</summary>
    public bool IsLate { get; set; }

    /// <summary>How requests for a session end.</summary>
    public Error Opening { get; set; } = Error.None;

    /// <summary>Whether the co-processor is there.</summary>
    public bool IsPresent { get; set; } = true;

    /// <summary>How often its memory has begun anew.</summary>
    public int Generation { get; set; } = 1;

    /// <summary>Bytes of memory that it says a session has; −1 for those that were asked for.</summary>
    public int Size { get; set; } = -1;

    /// <summary>The next request of this kind is not answered before <see cref="Answer"/>; 0 for none.</summary>
    public int Holds { get; set; }

    /// <summary>Requests of this kind are refused, how, and how often.</summary>
    public int Refused { get; set; }

    public Error Refusal { get; set; }

    public int Refusals { get; set; }

    /// <summary>All requests so far, each with a blank behind it.</summary>
    public string Requests { get; private set; } = "";

    /// <summary>How many sessions were opened.</summary>
    public int Sessions { get; private set; }

    /// <summary>Whether a request waits for <see cref="Answer"/>.</summary>
    public bool IsAsked => _token != 0;

    /// <summary>Wires its doorbell.</summary>
    public static void Ring(TestBoard board) => board.Raise(Line);

    public override void Construct(Env env)
    {
        _env = env;
        _session = _signal = _buffer = _memory = _token = 0;
        _submitted = _ended = _collected = 0;
        ForgetBanks();
        _irq = new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line));
        _irq.Sigh(env.Signal(Doorbell));
        _rm = env.Connect("RM");
        if (!IsLate)
        {
            Announce();
        }
    }

    /// <summary>Offers its service.</summary>
    public void Announce() => Expect.Ok(_env.Announce(CopyEngineSession.Service, 4));

    public override void OnSignal(Env env, int label, int count)
    {
        _irq.Acknowledge();
        CommandedRtcr.Work? work = Next;
        Next = null;
        work?.Invoke(env);
    }

    public override Error OnOpen(Env env, int session, Message request)
    {
        int size = request.Word(2);
        if (Opening != Error.None)
        {
            return Opening;
        }

        Sessions++;
        _session = session;
        _submitted = _ended = _collected = 0;
        _memory = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        return error;
    }

    public override void OnClose(Env env, int session)
    {
        EndBanks();
        env.Release(_signal);
        env.Release(_buffer);
        new PdSession(env, Selectors.Pd).FreeDataspace(_memory);
        _session = _signal = _buffer = _memory = 0;
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        if (IsBank(label))
        {
            return Show(label, request.Word(0));
        }

        Requests += NameOf(request.Opcode) + " ";
        _asked[0] = request.Opcode;
        for (int i = 1; i < _asked.Length; i++)
        {
            _asked[i] = request.Word(i - 1);
        }

        _askedCapability = request.CapabilityCount > 0 ? request.Capability(0) : Selectors.Invalid;
        if (Holds == request.Opcode)
        {
            Holds = 0;
            _askedCapability = Kept();
            _token = env.Defer();
            return Error.Deferred;
        }

        Error error = Serve();
        Fill(request);
        return error;
    }

    /// <summary>Answers the request that was held back, as it is done now.</summary>
    public void Answer() => AnswerAfter(0);

    /// <summary>Answers the request that was held back, as it is done now; but before the answer arrives so many jobs end, and the client is told.</summary>
    public void AnswerAfter(int jobs)
    {
        Assert.IsTrue(IsAsked, "nothing was asked");
        Error error = Serve();
        if (jobs > 0)
        {
            Complete(jobs);
        }

        Message answer = _env.Compose(0);
        Fill(answer);
        int token = _token;
        _token = 0;
        Expect.Ok(_env.Reply(token, error, answer));
    }

    /// <summary>Ends as a program with a bug does.</summary>
    public void Fault() => _env.Memory.ReadInt32(4);

    /// <summary>Tells the client that there is news.</summary>
    public void Signal()
    {
        if (_signal != Selectors.Invalid)
        {
            _env.Submit(_signal);
        }
    }

    private Error Serve()
    {
        _answerSize = 0;
        _answerCapability = Selectors.Invalid;
        if (Refused == _asked[0] && Refusals > 0)
        {
            Refusals--;
            return Refusal;
        }

        switch (_asked[0])
        {
            case CopyEngineOperation.Info:
                Put(IsPresent ? CopyEngineState.Ready : CopyEngineState.Absent, Generation, Size < 0 ? _env.SizeOf(_memory) : Size);
                return Error.None;
            case CopyEngineOperation.Sigh:
                _signal = Kept();
                return Error.None;
            case CopyEngineOperation.Buffer:
                _buffer = Kept();
                return Error.None;
            case CopyEngineOperation.Bank:
                _answerCapability = MakeBank(_asked[1], _asked[2], out Error error);
                return error;
            case CopyEngineOperation.FreeBank:
                return EndBank(_askedCapability);
            case CopyEngineOperation.Collect:
                Collect();
                return Error.None;
            default:
                return Submit(_asked[0], _asked[1], _asked[2], _asked[3]);
        }
    }

    /// <summary>The capability that came with the request, for ever; a request that was held back has it already.</summary>
    private int Kept() => _askedCapability == Selectors.Invalid || IsAsked ? _askedCapability : _env.Keep(_askedCapability);

    private void Put(int first, int second, int third)
    {
        _answer[0] = first;
        _answer[1] = second;
        _answer[2] = third;
        _answerSize = 3;
    }

    private void Fill(Message answer)
    {
        for (int i = 0; i < _answerSize; i++)
        {
            answer.Add(_answer[i]);
        }

        if (_answerCapability != Selectors.Invalid)
        {
            answer.AddCapability(_answerCapability);
        }
    }

    private static string NameOf(int opcode) => opcode switch
    {
        CopyEngineOperation.Info => "Info",
        CopyEngineOperation.Sigh => "Sigh",
        CopyEngineOperation.Buffer => "Buffer",
        CopyEngineOperation.Bank => "Bank",
        CopyEngineOperation.FreeBank => "FreeBank",
        CopyEngineOperation.Collect => "Collect",
        CopyEngineOperation.Copy => "Copy",
        CopyEngineOperation.Read => "Read",
        _ => opcode.ToString(),
    };
}
