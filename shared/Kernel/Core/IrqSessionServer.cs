// Core's IRQ service: one interrupt line, signalled, masked until acknowledged (Genode's irq_session.h).
namespace Tern.Kernel;

/// <summary>Core's side of an IRQ session.</summary>
internal sealed class IrqSessionServer : CoreSession
{
    private readonly int _line;
    private SignalTarget _target;
    private bool _unacknowledged;

    private IrqSessionServer(Core core, Task client, string label, int line)
        : base(core, client, label)
    {
        _line = line;
        core.Interrupts.Claim(line, this);
    }

    internal static Error Create(Core core, Task client, string label, int line, out CoreSession? session)
    {
        session = null;
        if ((uint)line >= (uint)core.Interrupts.Count)
        {
            return Error.NoDevice;
        }

        if (!core.Interrupts.IsFree(line))
        {
            return Error.Exists;
        }

        session = new IrqSessionServer(core, client, label, line);
        return Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case IrqOperation.Sigh:
                Error error = _target.Set(Core, message);
                if (error == Error.None && _unacknowledged)
                {
                    _target.Trigger(Core, 1);
                }

                return error;
            case IrqOperation.Acknowledge:
                _unacknowledged = false;
                Core.Interrupts.SetMask(_line, false);
                return Error.None;
            case IrqOperation.Info:
                message.Add(_line).Add(_unacknowledged ? 1 : 0);
                return Error.None;
            case IrqOperation.SetUnacknowledged:
                _unacknowledged = message.Word(0) != 0;
                Core.Interrupts.SetMask(_line, _unacknowledged);
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>The line fired.</summary>
    internal void Fire()
    {
        _unacknowledged = true;
        _target.Trigger(Core, 1);
    }

    internal override void Close() => Core.Interrupts.Claim(_line, null);
}
