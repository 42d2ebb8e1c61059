// Where an image is between the NAS and the board that restores it. Memory is taken for as long as a migration needs it.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>One image in memory.</summary>
internal sealed class ImageBuffer
{
    private readonly Env _env;

    internal ImageBuffer(Env env)
    {
        _env = env;
    }

    internal int Dataspace { get; private set; }

    internal int Address { get; private set; }

    internal Error Allocate(int size)
    {
        Free();
        Dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(size, out Error error);
        Address = error == Error.None ? _env.Attach(Dataspace) : 0;
        error = error == Error.None && Address == 0 ? _env.LastError : error;
        if (error != Error.None)
        {
            Free();
        }

        return error;
    }

    internal void Free()
    {
        if (Address != 0)
        {
            _env.Detach(Address);
        }

        if (Dataspace != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeDataspace(Dataspace);
        }

        Address = 0;
        Dataspace = Selectors.Invalid;
    }
}
