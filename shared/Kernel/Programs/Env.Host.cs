// What a program is told of its own operations in the emulator: each that was refused, with what explains it.
using System;

namespace Tern.Kernel;

public sealed partial class Env
{
    /// <summary>An event came for which the program has no handler.</summary>
    internal void TellUnhandled() => Tell(RefusalKind.Unhandled, Error.None, 0, 0, "");

    partial void Called(int selector, Message message, Error error)
    {
        if (error != Error.None)
        {
            Tell(RefusalKind.Call, error, selector, message.Out.Opcode, NameIn(selector, message.Out));
        }
    }

    partial void Sent(int selector, Message message, int replyLabel, Error error)
    {
        if (error != Error.None)
        {
            Tell(RefusalKind.Send, error, selector, message.Out.Opcode, NameIn(selector, message.Out));
        }
        else if (selector == Selectors.Parent && message.Out.Opcode == ParentOperation.Session)
        {
            _kernel.Diagnostics?.Opening(_task.Label, message.Out.ServiceName(), replyLabel);
        }
    }

    partial void Learned(int label, Error error)
    {
        if (error != Error.None)
        {
            Tell(RefusalKind.Answer, error, label, 0, "");
        }
    }

    partial void Answered(int label, Message message, Error error)
    {
        if (error == Error.UnknownOpcode)
        {
            Tell(RefusalKind.UnknownOpcode, error, label, message.In.Opcode, "");
        }
    }

    partial void Allocated(int size, int address)
    {
        if (address == 0)
        {
            Tell(RefusalKind.Allocate, LastError, size, 0, "");
        }
    }

    partial void Denied(string operation, int argument, Error error)
    {
        if (error != Error.None)
        {
            Tell(RefusalKind.Operation, error, argument, 0, operation);
        }
    }

    private void Tell(RefusalKind kind, Error error, int argument, int opcode, string name)
    {
        if (_kernel.Diagnostics == null)
        {
            return;
        }

        bool isRequest = kind is RefusalKind.Call or RefusalKind.Send;
        bool isCore = false;
        _kernel.Diagnostics.Refused(new Refusal
        {
            Place = ProgramPlace.Of(_kernel, _task),
            Kind = kind,
            Error = error,
            Argument = argument,
            Opcode = opcode,
            Asked = isRequest ? ObjectBehind(argument, out isCore) : "",
            IsCore = isCore,
            Name = name,
            RamQuota = _task.RamQuota,
            RamLeft = _task.RamQuota - _task.RamUsed,
            CapQuota = _task.CapQuota,
            CapsLeft = _task.CapQuota - _task.Capabilities.Count,
        });
    }

    private static string NameIn(int selector, MessageBuffer request) => selector != Selectors.Parent ? "" : request.Opcode switch
    {
        ParentOperation.Session => request.ServiceName(),
        ParentOperation.Announce => request.TextOf(),
        _ => "",
    };

    /// <summary>What a selector leads to, by a name that a person knows.</summary>
    private string ObjectBehind(int selector, out bool isCore)
    {
        int id = _task.Capabilities.Lookup(selector);
        isCore = id != 0 && selector is Selectors.Parent or Selectors.Pd or Selectors.Cpu or Selectors.Log;
        if (isCore)
        {
            return selector switch { Selectors.Parent => "Parent", Selectors.Pd => "Pd", Selectors.Cpu => "Cpu", _ => "Log" };
        }

        if (id == 0 || _kernel.Objects.Type(id) != ObjectType.Gate)
        {
            return id == 0 ? "" : Enum.GetName(_kernel.Objects.Type(id))!;
        }

        int gate = _kernel.Objects.Index(id);
        Thread? server = _kernel.Gates.Thread(gate);
        CoreSession? session = server == null ? _kernel.Core.SessionAt(_kernel.Gates.Label(gate)) : null;
        isCore = session != null;
        return session?.ServiceName ?? server?.Task.Label ?? "";
    }
}
