// Events for which a program has no handler.
namespace Tern.Kernel;

public abstract partial class Program
{
    static partial void Unhandled(Env env) => env.TellUnhandled();
}
