// The steps of a migration before anything is sent: claim, fetch, stop the origin, or give the claim up.
using Tern.Kernel;

namespace Tern.Cms;

internal sealed partial class Migration
{
    private void Claim()
    {
        Checkpoint wanted = _checkpoint;
        wanted.Ticket = Ticket();
        wanted.Size = _config.MaxDsm;
        _exchange.Open(_config.NasIp, _config.NasPort, ServiceId.Nas, AnswerMilliseconds);
        wanted.Write(_exchange.Ask(NasOperation.Retrieve));
        _exchange.Send();
    }

    /// <summary>The same for each claim that this manager makes of a component, so that it finds a claim of its own again.</summary>
    private int Ticket()
    {
        Checkpoint identity = default;
        identity.Mac = _network.Mac;
        identity.Ip = _network.Address;
        identity.Offset = _checkpoint.Offset;
        identity.Epoch = _checkpoint.Epoch;
        identity.NeedRam = _checkpoint.Mac;
        Frame frame = identity.Write(_exchange.Ask(0));
        int ticket = Crc32.Compute(0, frame.Bytes, Frame.HeaderSize, frame.Length);
        return ticket == 0 ? 1 : ticket;
    }

    private void Claimed(Error status, Frame? answer)
    {
        if (answer == null || status == Error.DeviceFailed)
        {
            // It may be claimed by now, and then only this migration can go on with it.
            _maybeClaimed |= !_exchange.WasRefused;
            if (!_maybeClaimed && _backOff.Count >= MaxRefusals)
            {
                Finish(Error.Unreachable);
            }
            else
            {
                TryAgain();
            }

            return;
        }

        Checkpoint claimed = default;
        bool good = claimed.Read(answer) && claimed.Is(_checkpoint.Mac, _checkpoint.Offset);
        if (status != Error.None)
        {
            _env.Log("Warning: [NAS thread] Checkpoint not available: " + Errors.Name(status));
            Finish(status);
        }
        else if (!good || claimed.Size != answer.BulkLength || claimed.Claim == 0)
        {
            TryAgain();
        }
        else
        {
            claimed.Ip = _checkpoint.Ip;
            _checkpoint = claimed;
            Error error = _image.Allocate(claimed.Size);
            if (error == Error.None)
            {
                _exchange.Receive(_image.Address);
            }
            else
            {
                GiveUp(error);
            }
        }
    }

    /// <summary>The image is here. Whether it is worth stopping the origin is decided now.</summary>
    private void Fetched()
    {
        int crc = _crypto.Crc32(_image.Dataspace, 0, _checkpoint.Size, out Error error);
        error = error == Error.None && crc != _checkpoint.Crc ? Error.BadData : error;
        if (error == Error.None)
        {
            ForgetRefusals();
            bool alone = _members.Count == 1 && _destination == ManagerOperation.AnyBoard;
            error = alone || FindBest(false) >= 0 ? Error.None : Error.Full;
        }

        if (error == Error.None)
        {
            Go(Step.Stopping);
        }
        else
        {
            GiveUp(error);
        }
    }

    private void Stop()
    {
        _members[_origin].Open(_exchange, ServiceId.Migration, AnswerMilliseconds);
        _checkpoint.Write(_exchange.Ask(MigrationOperation.Stop));
        _exchange.Send();
    }

    private void Stopped(Error status, Frame? answer)
    {
        if (answer == null || status == Error.Busy)
        {
            // It may have stopped: neither going on nor giving up would be right before it has said so.
            TryAgain();
        }
        else if (status is Error.None or Error.NotFound)
        {
            _stopped = true;
            Go(Step.Offering);
        }
        else
        {
            GiveUp(status);
        }
    }

    private void GiveUp(Error reason)
    {
        _reason = reason;
        _env.Log("Warning: [Migr thread] Migration given up: " + Errors.Name(reason));
        Go(Step.Aborting);
    }

    private void Abort()
    {
        _exchange.Open(_config.NasIp, _config.NasPort, ServiceId.Nas, AnswerMilliseconds);
        _checkpoint.Write(_exchange.Ask(NasOperation.Abort));
        _exchange.Send();
    }

    private void Aborted(Error status, Frame? answer)
    {
        if (answer == null || status == Error.DeviceFailed)
        {
            TryAgain();
        }
        else
        {
            Finish(_reason);
        }
    }
}
