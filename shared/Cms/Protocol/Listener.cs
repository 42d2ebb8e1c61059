// A port on which flows are accepted. It listens again when the network lets it.
using Tern.Os;

namespace Tern.Cms;

/// <summary>One port of a <see cref="ChannelPool"/>.</summary>
internal sealed class Listener
{
    internal int Port;
    internal int Service;
    internal int Flow;
    internal IListenerOwner? Owner;

    /// <summary>Whether it has been said that the port cannot be listened on.</summary>
    internal Shortage Shortage;
}
