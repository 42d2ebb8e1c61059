// What rtcr has to do with a co-processor: its targets begin when it is known whether there is one, so that their memory can be there.
using Tern.Kernel;

namespace Tern.Rtcr;

public sealed partial class Rtcr
{
    /// <inheritdoc/>
    void ICopierOwner.OnSettled()
    {
        StartTargets();
        Protect();
    }

    /// <inheritdoc/>
    void ICopierOwner.OnCopied(int slot, Error error, int size) => _protection.Copied(slot, error, size);

    /// <inheritdoc/>
    void ICopierOwner.OnMemoryLost(int slot) => BeginAnew(slot, _protection.MemoryLost(slot));

    /// <summary>A target that lost its memory before there was an image of it begins anew.</summary>
    private void BeginAnew(int slot, bool isLost)
    {
        TargetConfig? target = isLost ? _config.Find(_supervisor.NameOf(slot)) : null;
        if (target != null)
        {
            Start(target);
            Protect();
        }
    }

    /// <summary>Targets have begun later than RTCR: they get their first checkpoint, if there is somewhere for it to go.</summary>
    private void Protect()
    {
        if (_agent != null && _agent.IsReady)
        {
            _schedule.Begin(true);
        }
        else
        {
            _schedule.Renew();
        }
    }

    /// <summary>Starts the targets, or the search for a co-processor that they wait for.</summary>
    private void BeginTargets()
    {
        if (!_config.Cdma.IsOn || !FindCoprocessor())
        {
            StartTargets();
        }
    }

    /// <summary>Makes a place for the co-processor's images and begins to look for it.</summary>
    private bool FindCoprocessor()
    {
        int size = _config.ImageSize;
        Error error = MakePlace(size, out ImagePlace place);
        if (error != Error.None)
        {
            _env.Log("Error: no memory for the co-processor to make images of " + size + " bytes in (" + Errors.Name(error)
                + "): give more RAM, or leave <cdma> out");
            return false;
        }

        _copier = new Copier(_env, _config.Cdma, _supervisor, this, _timeouts, CopierLabel, place, _protection.Mac);
        _protection.Copier = _copier;
        _copier.Link.Begin();
        return true;
    }
}
