// Messages on their way: contents between a sender's buffer, a request's row and a receiver's, capabilities as identities in between.
// Invariant: a receiver gets all capabilities of a message or none.
namespace Tern.Kernel;

internal sealed partial class Ipc
{
    /// <summary>Copies a message into a row. Its capabilities become identities with badges, so that a later end of an object is noticed.</summary>
    private void Store(int row, Task? sender, MessageBuffer from)
    {
        MessageBuffer content = _requests.Content(row);
        from.CopyTo(content);
        if (sender != null)
        {
            ToIdentities(sender, content);
        }

        for (int i = 0; i < content.CapabilityCount; i++)
        {
            _requests.CapabilityBadges[(row * Message.MaxCapabilities) + i] = _kernel.Objects.Badge(content.Capabilities[i]);
        }
    }

    private void Load(int row, Message message)
    {
        MessageBuffer content = _requests.Content(row);
        content.CopyTo(message.In);
        message.Out.Clear(0);
        for (int i = 0; i < content.CapabilityCount; i++)
        {
            int badge = _requests.CapabilityBadges[(row * Message.MaxCapabilities) + i];
            if (!_kernel.Objects.IsLive(content.Capabilities[i], badge))
            {
                message.In.Capabilities[i] = 0;
            }
        }
    }

    /// <summary>Turns the sender's selectors into identities; an invalid selector becomes no capability.</summary>
    private static void ToIdentities(Task sender, MessageBuffer buffer)
    {
        for (int i = 0; i < buffer.CapabilityCount; i++)
        {
            buffer.Capabilities[i] = sender.Capabilities.Lookup(buffer.Capabilities[i]);
        }
    }

    /// <summary>
    /// Delegates the identities in a buffer to its receiver. If the receiver cannot take them all, it gets none, and
    /// the reason is returned in place of the outcome.
    /// </summary>
    private static Error Install(Task receiver, MessageBuffer buffer, Activation? activation, Error outcome)
    {
        for (int i = 0; i < buffer.CapabilityCount; i++)
        {
            int id = buffer.Capabilities[i];
            int selector = Selectors.Invalid;
            if (id != 0)
            {
                selector = receiver.Capabilities.Insert(id, out Error error);
                if (selector == Selectors.Invalid)
                {
                    Uninstall(receiver, buffer, activation == null ? i : 0);
                    return error;
                }

                activation?.Received(selector);
            }

            buffer.Capabilities[i] = selector;
        }

        return outcome;
    }

    /// <summary>Takes back the first capabilities of a buffer, and gives the receiver none.</summary>
    private static void Uninstall(Task receiver, MessageBuffer buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            receiver.Capabilities.Remove(buffer.Capabilities[i]);
        }

        buffer.CapabilityCount = 0;
    }
}
