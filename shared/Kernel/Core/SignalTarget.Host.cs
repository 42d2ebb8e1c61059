// What happens and is signalled to nobody. Not everything has to be heard: faults and new module contents are offers.
namespace Tern.Kernel;

internal partial struct SignalTarget
{
    static partial void Unheard(CoreSession session)
    {
        Microkernel kernel = session.Core.Kernel;
        if (kernel.Diagnostics == null || session is CpuSessionServer or RomSessionServer)
        {
            return;
        }

        kernel.Diagnostics.Refused(new Refusal
        {
            Place = new ProgramPlace(session.Client.Label, session.Client.Program?.GetType(), ProgramPlace.NoHandler, 0, 0),
            Kind = RefusalKind.Unheard,
            Asked = session.ServiceName,
            IsCore = true,
            Name = session.Label,
        });
    }
}
