// What the emulator notes of handlers as they begin and end.
namespace Tern.Kernel;

internal sealed partial class Ipc
{
    private long[]? _sentAt;

    /// <summary>When a request was sent, by the board's clock.</summary>
    internal long SentAt(int row) => _sentAt == null ? 0 : _sentAt[row];

    partial void Claimed(int row)
    {
        // Reading the clock costs as much as a send does: only where somebody listens.
        if (_kernel.Diagnostics != null)
        {
            _sentAt ??= new long[_requests.Capacity + 1];
            _sentAt[row] = _kernel.Now;
        }
    }

    partial void Entered(int handler, int label, int detail)
    {
        Activation now = Current;
        now.Handler = handler;
        now.Label = label;
        now.Detail = detail;
    }

    partial void Leaving()
    {
        if (Current.HasReceived && _kernel.Diagnostics is { } diagnostics)
        {
            Current.TellDropped(diagnostics, ProgramPlace.Of(_kernel, Current.Task!));
        }
    }
}
