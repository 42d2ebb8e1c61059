// sheep_server: keeps a flock for each client of its Sheep service. A server that tells its clients apart by their
// session records, as every server in Tern does.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>Serves "Sheep": one flock a session.</summary>
public sealed class SheepServer : Program
{
    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        Error error = env.Announce("Sheep", FlockRecord.Size);
        if (error != Error.None)
        {
            env.Log("Error: cannot announce Sheep: " + Errors.Name(error));
        }
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        if (request.Opcode != SheepOperation.Add)
        {
            return Error.UnknownOpcode;
        }

        var flock = new FlockRecord(env.Memory, label);
        flock.Sheep += request.Word(0);
        flock.Requests++;
        request.Add(flock.Sheep).Add(flock.Requests);
        return Error.None;
    }
}
