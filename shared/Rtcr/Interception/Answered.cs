// The capabilities of an answer on its way to a target, held while RTCR uses its messages for other things.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>At most as many selectors as a message carries.</summary>
internal struct Answered
{
    private int _first;
    private int _second;
    private int _third;
    private int _fourth;
    private int _count;

    internal readonly int Count => _count;

    internal void Add(int selector)
    {
        switch (_count++)
        {
            case 0:
                _first = selector;
                break;
            case 1:
                _second = selector;
                break;
            case 2:
                _third = selector;
                break;
            default:
                _fourth = selector;
                break;
        }
    }

    /// <summary>One of them; invalid beyond their number.</summary>
    internal readonly int Get(int index) => index >= _count
        ? Selectors.Invalid
        : index switch { 0 => _first, 1 => _second, 2 => _third, 3 => _fourth, _ => Selectors.Invalid };

    /// <summary>Takes one away: somebody has it now.</summary>
    internal void Take(int index)
    {
        switch (index)
        {
            case 0:
                _first = Selectors.Invalid;
                break;
            case 1:
                _second = Selectors.Invalid;
                break;
            case 2:
                _third = Selectors.Invalid;
                break;
            default:
                _fourth = Selectors.Invalid;
                break;
        }
    }

    /// <summary>Adds all capabilities that a message has brought.</summary>
    internal void AddFrom(Message message)
    {
        for (int i = 0; i < message.CapabilityCount; i++)
        {
            Add(message.Capability(i));
        }
    }

    /// <summary>Gives them up.</summary>
    internal readonly void Release(Env env)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Get(i) != Selectors.Invalid)
            {
                env.Release(Get(i));
            }
        }
    }

    internal readonly void AddTo(Message message)
    {
        for (int i = 0; i < _count && i < Message.MaxCapabilities; i++)
        {
            message.AddCapability(Get(i));
        }
    }
}
