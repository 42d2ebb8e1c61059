// The system information over flows.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Port 1025.</summary>
internal sealed class InformationPort : IChannelOwner, IListenerOwner
{
    private readonly ICmsOwner _owner;
    private readonly Frame _answer = new Frame();

    internal InformationPort(ICmsOwner owner)
    {
        _owner = owner;
    }

    public void OnAccepted(Channel channel, int port) => channel.Owner = this;

    public void OnFrame(Channel channel, Frame frame)
    {
        if (frame.IsAnswer || frame.BulkLength != 0)
        {
            channel.Close();
            return;
        }

        if (frame.Opcode != InformationOperation.Read)
        {
            channel.Send(_answer.Answer(frame, Error.UnknownOpcode));
            return;
        }

        SystemInformation information = default;
        _owner.ReadInformation(ref information);
        channel.Send(information.Write(_answer.Answer(frame, Error.None)));
    }

    public void OnReceived(Channel channel)
    {
    }

    public void OnSent(Channel channel)
    {
    }

    public void OnEnd(Channel channel, Error error)
    {
    }
}
