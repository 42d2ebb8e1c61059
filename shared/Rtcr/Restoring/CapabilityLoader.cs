// The capability spaces of all domains, put back selector by selector.
// Invariant: a selector whose object had ended is in use afterwards and names nothing.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads the capability spaces of a target's domains.</summary>
internal sealed class CapabilityLoader
{
    private const int MostCapabilities = 4 * 4096;

    private readonly Env _env;
    private readonly ImageReader _image;
    private readonly LateTable _late;

    // What stands, while capabilities and their map are loaded, for objects that had ended already.
    private int _ended;

    internal CapabilityLoader(Env env, ImageReader image, LateTable late)
    {
        _late = late;
        _env = env;
        _image = image;
    }

    /// <summary>Loads the section.</summary>
    internal Error Load(Target target)
    {
        _image.BeginSection(Section.Capabilities, MostCapabilities);
        int count = _image.Count;
        for (int i = 0; i < count; i++)
        {
            int domain = _image.Entry();
            int selector = _image.UInt16();
            int entry = _image.Entry();
            _image.Check(Domains.Is(target.Storage, domain) && (entry < 0 || target.Storage.Has(entry)));
            if (_image.IsBad)
            {
                break;
            }

            int capability = entry < 0 ? Selectors.Invalid : target.Storage.Selector(entry);
            bool hasEnded = entry < 0 || (capability == Selectors.Invalid && target.Storage.Kind(entry) == ObjectKind.Foreign);
            if (hasEnded && entry >= 0 && target.Storage.Name(entry).Length > 0 && !_late.AddSelector(target, domain, entry, selector))
            {
                return Error.TableFull;
            }

            capability = hasEnded ? Ended(target) : capability;
            if (capability == Selectors.Invalid)
            {
                return hasEnded ? _env.LastError : Error.InvalidCapability;
            }

            var native = new NativePd(_env, Domains.Native(target, domain));
            Error error = native.Install(selector, capability);
            if (error != Error.None)
            {
                return error;
            }
        }

        return _image.Verdict;
    }

    /// <summary>Ends what stood for ended objects; to be called also after an error.</summary>
    internal void EndTheEnded()
    {
        if (_ended != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeGate(_ended);
            _ended = Selectors.Invalid;
        }
    }

    /// <summary>A selector whose object had ended stays in use: here it names something that ends before the target runs.</summary>
    private int Ended(Target target)
    {
        if (_ended == Selectors.Invalid)
        {
            _ended = _env.Gate(target.LabelOf(TargetStarter.ParentEntry));
        }

        return _ended;
    }
}
