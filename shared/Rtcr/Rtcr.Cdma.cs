// What rtcr has to do with a co-processor: its targets begin when it is known whether there is one, so that their memory can be there.
using Tern.Kernel;

namespace Tern.Rtcr;

public sealed partial class Rtcr
{
    /// <inheritdoc/>
    void ICopierOwner.OnSettled()
    {
        StartTargets();
        if (_agent != null && _agent.IsReady)
        {
            _schedule.Begin(true);
        }
        else
        {
            _schedule.Renew();
        }
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
            _schedule.Renew();
        }
    }

    /// <summary>Starts the targets, or the search for a co-processor that they wait for.</summary>
    private void BeginTargets()
    {
        int address = 0;
        if (_config.Cdma.IsOn)
        {
            int size = _config.ImageSize;
            int staging = new PdSession(_env, Selectors.Pd).AllocateDataspace(2 * size, out Error error);
            address = error == Error.None ? _env.Attach(staging) : 0;
            if (address == 0)
            {
                _env.Log("Error: no memory to make two images of " + size + " bytes in (" + Errors.Name(error)
                    + "): give more RAM, or leave <cdma> out");
            }
            else
            {
                _copier = new Copier(
                    _env, _config.Cdma, _supervisor, this, _timeouts, CopierLabel,
                    new ImagePlace(staging, address, 0, size), new ImagePlace(staging, address, size, size), _protection.Mac);
                _protection.Copier = _copier;
                _copier.Begin();
            }
        }

        if (address == 0)
        {
            StartTargets();
        }
    }
}
