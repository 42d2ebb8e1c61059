// The section of domains: what the kernel keeps of each, beside objects and capabilities.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's protection domains.</summary>
internal sealed class DomainWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;

    internal DomainWriter(Env env, ImageWriter image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    internal Error Write(Target target)
    {
        Error error = Error.None;
        var quota = default(Quota);
        _image.BeginSection(Section.Domains, Domains.Count(target.Storage));
        for (int domain = Domains.Own; domain != Domains.End && error == Error.None; domain = Domains.Next(target.Storage, domain))
        {
            var native = new NativePd(_env, Domains.Native(target, domain));
            error = new PdSession(_env, Domains.Pd(target, domain)).ReadQuota(ref quota);
            _image.UInt16(domain);
            _image.Int64(quota.RamQuota);
            _image.Int32(quota.CapQuota);
            _image.Int32(native.NextToken());
            _image.Int32((int)native.Fault());
        }

        return error;
    }
}
