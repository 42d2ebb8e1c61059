// Core's IRQ service: one interrupt, signalled, masked until acknowledged (Genode's irq_session.h).
// Invariants: a pulse is pending at the line, pending here, or signalled, and never two of these; nothing is signalled
// while an interrupt is unacknowledged; the session knows the interrupt as its client does, so its state fits any board.
namespace Tern.Kernel;

/// <summary>Core's side of an IRQ session.</summary>
internal sealed class IrqSessionServer : CoreSession
{
    private readonly int _number;
    private readonly int _line;
    private SignalTarget _target;
    private bool _unacknowledged;
    private int _pending;

    private IrqSessionServer(Core core, Task client, string label, int number, int line)
        : base(core, client, label)
    {
        _number = number;
        _line = line;
        core.Interrupts.Claim(line, this);
    }

    private bool IsMasked => _unacknowledged || _pending > 0;

    internal static Error Create(Core core, Task client, string label, int number, out CoreSession? session)
    {
        session = null;
        if (number < IrqOperation.ByName)
        {
            return Error.NoDevice;
        }

        int line = core.Interrupts.LineOf(number == IrqOperation.ByName ? LastOf(label) : "", number);
        if (line < 0)
        {
            return Error.NoDevice;
        }

        if (!core.Interrupts.IsFree(line))
        {
            return Error.Exists;
        }

        session = new IrqSessionServer(core, client, label, number, line);
        return Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case IrqOperation.Sigh:
                Error error = _target.Set(Core, message);
                Core.Interrupts.Changed();
                return error;
            case IrqOperation.Acknowledge:
                _unacknowledged = false;
                Core.Interrupts.SetMask(_line, IsMasked);
                Core.Interrupts.Changed();
                return Error.None;
            case IrqOperation.Info:
                message.Add(_number).Add(_unacknowledged ? 1 : 0).Add(Sum(_pending, Core.Interrupts.Pending(_line)));
                return Error.None;
            case IrqOperation.SetState:
                return SetState(message.Word(0) != 0, message.Word(1));
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>The line fired, and has been masked.</summary>
    internal void Fire(int count)
    {
        if (Core.Kernel.Tracer.IsOn)
        {
            Core.Kernel.Tracer.Add(TraceKind.Interrupt, null, _line, count, 0);
        }

        _pending = Sum(_pending, count);
        Deliver();
    }

    /// <summary>Signals what is pending, if somebody listens and is not busy with the last.</summary>
    internal void Deliver()
    {
        if (_pending == 0 || _unacknowledged)
        {
            return;
        }

        int count = _pending;
        if (_target.IsLive(Core))
        {
            _unacknowledged = true;
            _pending = 0;
        }

        _target.Trigger(this, count);
    }

    internal override void Close() => Core.Interrupts.Claim(_line, null);

    /// <summary>Adds what another session of this interrupt knew to what this one has seen since.</summary>
    private Error SetState(bool unacknowledged, int pending)
    {
        if (pending < 0)
        {
            return Error.BadArgument;
        }

        _unacknowledged |= unacknowledged;
        _pending = Sum(_pending, pending);
        Core.Interrupts.SetMask(_line, IsMasked);
        Core.Interrupts.Changed();
        return Error.None;
    }

    private static int Sum(int a, int b) => a < int.MaxValue - b ? a + b : int.MaxValue;
}
