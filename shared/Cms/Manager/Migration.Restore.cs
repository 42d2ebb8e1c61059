// The steps of a migration once the origin has stopped: offer the checkpoint to one board after the other, the best first
// and the origin last, until one runs it; then tell the NAS.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

internal sealed partial class Migration
{
    private void ForgetRefusals()
    {
        for (int i = 0; i < Members.Capacity; i++)
        {
            _refused[i] = false;
        }
    }

    /// <summary>The best board that has not refused; −1 for none. The origin only counts when it is asked for, and then comes last.</summary>
    private int FindBest(bool withOrigin)
    {
        int best = -1;
        long bestMetric = 0;
        for (int i = 0; i < Members.Capacity; i++)
        {
            SystemInformation information = _round[i];
            bool fits = _members[i].IsUsed && i != _origin && !_refused[i] && _round.Has(i)
                && TargetChoice.Fits(in information, in _checkpoint)
                && (_destination == ManagerOperation.AnyBoard || information.LoadPermille < _destination);
            long metric = fits ? TargetChoice.Metric(in information) : 0;
            if (fits && (best < 0 || TargetChoice.IsBetter(metric, _members[i].Mac, bestMetric, _members[best].Mac)))
            {
                best = i;
                bestMetric = metric;
            }
        }

        return best < 0 && withOrigin && _members[_origin].IsUsed && !_refused[_origin] ? _origin : best;
    }

    private void Offer()
    {
        _target = FindBest(true);
        if (_target < 0)
        {
            _env.Log("Warning: [Migr thread] No board takes the checkpoint; it stays at the NAS, and all are asked again");
            _step = Step.Asking;
            TryAgain();
            return;
        }

        _attempt++;
        _members[_target].Open(_exchange, ServiceId.Migration, RestoreMilliseconds);
        _checkpoint.Write(_exchange.Ask(MigrationOperation.Restore)).Put(_attempt);
        _exchange.Send();
    }

    private void Offered(Error status, Frame? answer)
    {
        answer = WithPlace(answer, status);
        if (answer != null && status == Error.Exists)
        {
            Restored(Error.None, answer);
            return;
        }

        if (answer == null || status != Error.None)
        {
            // Without its image it cannot have restored anything.
            NextTarget();
            return;
        }

        _step = Step.Sending;
        _checkpoint.Write(_exchange.Ask(MigrationOperation.Image)).Put(_attempt);
        _exchange.SendImage(_image.Dataspace, _image.Address, _checkpoint.Size);
    }

    private void Sent(Error status, Frame? answer)
    {
        answer = WithPlace(answer, status);
        if (answer == null)
        {
            if (_exchange.IsImageSent)
            {
                _env.Log("Warning: [Migr thread] No answer from " + Ip4.Format(_members[_target].Ip)
                    + "; asking it what became of the checkpoint");
                Go(Step.Settling);
            }
            else
            {
                NextTarget();
            }
        }
        else
        {
            Restored(status, answer);
        }
    }

    private void Settle()
    {
        _members[_target].Open(_exchange, ServiceId.Migration, AnswerMilliseconds);
        _checkpoint.Write(_exchange.Ask(MigrationOperation.Settle)).Put(_attempt);
        _exchange.Send();
    }

    private void Settled(Error status, Frame? answer)
    {
        answer = WithPlace(answer, status);
        if (answer == null || status == Error.Busy)
        {
            TryAgain();
        }
        else
        {
            Restored(status, answer);
        }
    }

    /// <summary>The target has said for certain what became of the checkpoint.</summary>
    private void Restored(Error status, Frame answer)
    {
        if (status == Error.None)
        {
            _place = answer.Get(Checkpoint.Length);
            Go(Step.Confirming);
        }
        else
        {
            NextTarget();
        }
    }

    /// <summary>An answer that says that it runs, but not where, says nothing: a place that is not there would read as 0.</summary>
    private static Frame? WithPlace(Frame? answer, Error status)
        => answer != null && (status is Error.None or Error.Exists) && answer.Length < Checkpoint.LengthWithWord ? null : answer;

    private void NextTarget()
    {
        _refused[_target] = true;
        Go(Step.Offering);
    }

    private void Confirm()
    {
        _exchange.Open(_config.NasIp, _config.NasPort, ServiceId.Nas, AnswerMilliseconds);
        _checkpoint.Write(_exchange.Ask(NasOperation.Confirm)).Put64(_place < 0 ? 0 : _members[_target].Mac).Put(_place < 0 ? 0 : _place);
        _exchange.Send();
    }

    private void Confirmed(Error status, Frame? answer)
    {
        if (answer == null || status is Error.DeviceFailed or Error.TableFull)
        {
            TryAgain();
            return;
        }

        string level = status == Error.None ? "" : "Warning: ";
        _env.Log(level + "[Migr thread] Checkpoint " + Mac.Format(_checkpoint.Mac) + "+" + _checkpoint.Offset + " runs on "
            + Ip4.Format(_members[_target].Ip) + (status == Error.None ? "" : ", but the NAS does not agree: " + Errors.Name(status)));
        Finish(Error.None);
    }
}
