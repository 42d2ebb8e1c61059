// The section of domains: what the kernel keeps of each beside objects and capabilities, and the proof that their quotas
// came back.
// Invariant: a target has the quotas that it had, domain by domain and to the byte, or it is not restored.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads what the kernel knows of a target's protection domains.</summary>
internal sealed class DomainLoader
{
    private readonly Env _env;
    private readonly ImageReader _image;

    internal DomainLoader(Env env, ImageReader image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Loads the section.</summary>
    internal Error Load(Target target)
    {
        _image.BeginSection(Section.Domains, ImageFormat.MaxDomains);
        int count = _image.Count;
        _image.Check(count == Domains.Count(target.Storage));
        int expected = Domains.Own;
        var quota = default(Quota);
        for (int i = 0; i < count && !_image.IsBad; i++, expected = Domains.Next(target.Storage, expected))
        {
            int domain = _image.Entry();
            long ram = _image.Int64();
            int caps = _image.Int32();
            int nextToken = _image.Int32();
            int fault = _image.Int32();
            _image.Check(domain == expected && nextToken > 0 && fault >= 0);
            if (_image.IsBad)
            {
                break;
            }

            Error error = new PdSession(_env, Domains.Pd(target, domain)).ReadQuota(ref quota);
            _image.Check(quota.RamQuota == ram && quota.CapQuota == caps);
            var native = new NativePd(_env, Domains.Native(target, domain));
            error = error == Error.None ? native.SetNextToken(nextToken) : error;
            error = error == Error.None && fault != 0 ? native.Fail((Error)fault) : error;
            if (error != Error.None)
            {
                return error;
            }
        }

        return _image.Verdict;
    }
}
