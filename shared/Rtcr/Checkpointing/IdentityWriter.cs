// The section that says who the target is: name, program, and the budgets that it and its children have together.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's identity.</summary>
internal sealed class IdentityWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;

    internal IdentityWriter(Env env, ImageWriter image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    internal void Write(Target target)
    {
        var quota = default(Quota);
        Domains.ReadWhole(_env, target, Domains.Own, ref quota);
        _image.BeginSection(Section.Identity, 1);
        _image.Text(target.Name);
        _image.Text(target.Binary);
        _image.Int64(quota.RamQuota);
        _image.Int32(quota.CapQuota);
        _image.Byte(target.Priority);
        _image.Int32(target.ConfigLength);
    }
}
