// The section that says who the target is: name, program, budgets, and the next number of a deferred request.
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
        new PdSession(_env, target.Child!.Pd).ReadQuota(ref quota);
        Message message = _env.Compose(NativePdOperation.NextToken).Add(0);
        _env.Call(target.Child.Native, message);
        int nextToken = message.Word(0);

        _image.BeginSection(Section.Identity, 1);
        _image.Text(target.Name);
        _image.Text(target.Binary);
        _image.Int64(quota.RamQuota);
        _image.Int32(quota.CapQuota);
        _image.Byte(target.Priority);
        _image.Int32(nextToken);
        _image.Int32(target.ConfigLength);
    }
}
