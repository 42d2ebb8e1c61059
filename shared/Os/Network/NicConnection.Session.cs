// How a NicConnection comes and goes: two requests at most, and everything given back when it fails or is closed.
using Tern.Kernel;

namespace Tern.Os;

public sealed partial class NicConnection
{
    /// <summary>Takes an answer.</summary>
    /// <returns>Whether it was the connection's; <see cref="Error"/> then says how it went.</returns>
    public bool OnReply(int label, Error error, Message answer)
    {
        if (label != _replyLabel)
        {
            return false;
        }

        _replyDue = false;
        if (_opening)
        {
            _opening = false;
            Opened(error, answer.Capability(0));
        }
        else if (_settingUp)
        {
            _settingUp = false;
            SetUp(error, answer);
        }
        else
        {
            Abandon(answer);
        }

        return true;
    }

    /// <summary>Takes a signal.</summary>
    /// <returns>Whether it was the connection's: take all events then.</returns>
    public bool OnSignal(int label) => label == _signalLabel;

    /// <summary>Closes the session with all its flows. It can be opened again.</summary>
    public void Close()
    {
        if (_memory != 0)
        {
            _env.Detach(_memory);
        }

        if (_session != Selectors.Invalid)
        {
            _env.Close(_session);
        }

        if (_signal != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeSignal(_signal);
        }

        Drop(_dataspace);
        Drop(_serverSignal);
        _memory = 0;
        _session = _signal = _dataspace = _serverSignal = Selectors.Invalid;
        _opening = _settingUp = false;
        _saidUp = true;
        _cursor = 0;
    }

    private Message SetupRequest()
        => _env.Compose(NicOperation.Setup)
            .Add(_address).Add(_netmask).Add(_gateway).Add(_flowCount).Add(_ringSize)
            .AddCapability(_signal);

    private void Opened(Error error, int session)
    {
        _session = session;
        if (error == Error.None)
        {
            error = _env.Send(_session, SetupRequest(), _replyLabel);
            _settingUp = _replyDue = error == Error.None;
        }

        if (error != Error.None)
        {
            Failed(error);
        }
    }

    /// <summary>The connection was closed while this was on its way: a session, or a session's memory and signal context.</summary>
    private void Abandon(Message answer)
    {
        int first = answer.Capability(0);
        int second = answer.Capability(1);
        if (_env.TypeOf(first) == ObjectType.Gate)
        {
            _env.Close(first);
        }
        else
        {
            Drop(first);
        }

        Drop(second);
    }

    private Error SetUp(Error error, Message answer)
    {
        _dataspace = answer.Capability(0);
        _serverSignal = answer.Capability(1);
        int flows = answer.Word(0);
        int ringSize = answer.Word(1);
        if (error != Error.None)
        {
            return Failed(error);
        }

        if (!FlowTable.IsGeometry(flows, ringSize) || FlowTable.SizeOf(flows, ringSize) > _env.SizeOf(_dataspace))
        {
            return Failed(Error.BadData);
        }

        int memory = _env.Attach(_dataspace);
        if (memory == 0)
        {
            return Failed(_env.LastError);
        }

        _flowCount = flows;
        _ringSize = ringSize;
        _memory = memory;

        // The link may have been up before anybody could signal that.
        return _env.Submit(_signal);
    }

    private Error Failed(Error error)
    {
        Close();
        Error = error;
        _env.Log("Error: " + _service + " session" + (_label.Length == 0 ? "" : " " + _label) + " failed: " + Errors.Name(error));
        return error;
    }

    private void Drop(int selector)
    {
        if (selector != Selectors.Invalid)
        {
            _env.Release(selector);
        }
    }
}
