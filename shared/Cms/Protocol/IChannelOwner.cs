// What the state machine behind a flow learns of it.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The owner of a <see cref="Channel"/>.</summary>
public interface IChannelOwner
{
    /// <summary>A frame has come. When it announces bulk, the owner says with <see cref="Channel.Receive"/> where the
    /// first piece goes, or closes the channel. The frame is good until the handler returns.</summary>
    void OnFrame(Channel channel, Frame frame);

    /// <summary>A piece of bulk has come whole; <see cref="Channel.BulkLeft"/> tells how much is still to come.</summary>
    void OnReceived(Channel channel);

    /// <summary>A piece of bulk was given to the network; <see cref="Channel.SendLeft"/> tells how much is still to be sent.</summary>
    void OnSent(Channel channel);

    /// <summary>The flow has ended, or the peer broke the protocol. The channel is already free.</summary>
    void OnEnd(Channel channel, Error error);
}

/// <summary>Who gets the flows of a port that is listened on.</summary>
public interface IListenerOwner
{
    /// <summary>Somebody has connected. Without a new <see cref="Channel.Owner"/> the channel is closed.</summary>
    void OnAccepted(Channel channel, int port);
}
