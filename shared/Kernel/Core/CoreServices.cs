// The services of core by name.
namespace Tern.Kernel;

/// <summary>Makes core's side of a session.</summary>
internal static class CoreServices
{
    /// <summary>Makes a session of a service; its number and gate come later.</summary>
    /// <param name="core">The owner.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="label">The session's label.</param>
    /// <param name="request">The session request (see <see cref="ParentOperation.Session"/>).</param>
    /// <param name="session">The session.</param>
    internal static Error Create(Core core, Task client, string service, string label, Message request, out CoreSession? session)
    {
        session = null;
        switch (service)
        {
            case "PD":
                return PdSessionServer.Create(core, client, label, request.Word(1), request.Word(2), out session);
            case "CPU":
                return CpuSessionServer.Create(core, client, label, request, out session);
            case "RM":
                session = new RmSessionServer(core, client, label);
                return Error.None;
            case "ROM":
                return RomSessionServer.Create(core, client, label, out session);
            case "LOG":
                session = new LogSessionServer(core, client, label);
                return Error.None;
            case "Report":
                session = new ReportSessionServer(core, client, label);
                return Error.None;
            case "Timer":
                session = new TimerSessionServer(core, client, label);
                return Error.None;
            case "IRQ":
                return IrqSessionServer.Create(core, client, label, request.Word(3), out session);
            case "IO_MEM":
                return IoMemSessionServer.Create(core, client, label, request.Word(3), request.Word(4), out session);
            case "SPI":
                return SpiSessionServer.Create(core, client, label, out session);
            case "TRACE":
                session = new TraceSessionServer(core, client, label);
                return Error.None;
            case "Block":
                return BlockSessionServer.Create(core, client, label, out session);
            case "Nic":
                return NicSessionServer.Create(core, client, label, out session);
            case "Power":
                return PowerSessionServer.Create(core, client, label, out session);
            case "Crypto":
                session = new CryptoSessionServer(core, client, label);
                return Error.None;
            default:
                return Error.ServiceDenied;
        }
    }
}
