// One level of the call chain: which task runs there, and its buffers. Allocated at boot, one for each depth.
namespace Tern.Kernel;

/// <summary>A handler under way.</summary>
internal sealed partial class Activation
{
    private readonly int[] _received = new int[Message.MaxCapabilities];
    private int _receivedCount;

    /// <summary>What the program composes and receives answers in.</summary>
    internal readonly Message Outgoing = new Message();

    /// <summary>The same for the runtime's own calls, which must not disturb the program's message.</summary>
    internal readonly Message Internal = new Message();

    internal Task? Task;
    internal Thread? Thread;

    /// <summary>How long this handler itself has run: not those that it called.</summary>
    internal long Nanoseconds;

    /// <summary>The row of the request that is handled; 0 for a call, a signal or an answer.</summary>
    internal int Request;

    /// <summary>The program keeps the request and answers later.</summary>
    internal bool Deferred;

    internal void Begin(Thread thread, int request)
    {
        Task = thread.Task;
        Thread = thread;
        Request = request;
        Nanoseconds = 0;
        Deferred = false;
        _receivedCount = 0;
    }

    /// <summary>Notes a capability that came with the request and goes with the handler's end.</summary>
    internal void Received(int selector) => _received[_receivedCount++] = selector;

    /// <summary>Exempts a received capability.</summary>
    internal bool Keep(int selector)
    {
        for (int i = 0; i < _receivedCount; i++)
        {
            if (_received[i] == selector)
            {
                _received[i] = Selectors.Invalid;
                return true;
            }
        }

        return false;
    }

    internal void End()
    {
        for (int i = 0; i < _receivedCount; i++)
        {
            if (_received[i] != Selectors.Invalid)
            {
                Task!.Capabilities.Remove(_received[i]);
            }
        }

        _receivedCount = 0;
        Task = null;
        Thread = null;
    }
}
