// A one-off event: a fault of a bench file, a step of a test.
namespace Tern.HostEmulator;

internal sealed class WorldAction(Action action) : WorldEvent
{
    protected internal override void Fire() => action();
}
