// The co-processor's memory as the pager sees it: a page's bytes, at once.
// Invariant: all that the page's session has submitted before is done before the page is read or written, so what a job reads and
// writes is as it was when the job was submitted.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Reads and writes pages, and waits for each.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="engine">The co-processor.</param>
/// <param name="flight">The way there.</param>
/// <param name="frames">The memory for frames.</param>
internal sealed class EngineStore(Env env, CopyEngine engine, Flight flight, FrameBuffer frames) : IPageStore
{
    /// <inheritdoc/>
    public Error ReadPage(int address, int dataspace, int offset, int length)
    {
        Error error = Prepare(address, length);
        for (int done = 0; done < length && error == Error.None;)
        {
            int piece = Piece(length - done);
            error = flight.Fetch(FpgaCommand.Read, address + done, 0, piece);
            error = error == Error.None
                ? env.CopyDataspace(frames.Dataspace, FrameBuffer.AnswerAt, dataspace, offset + done, piece) : error;
            done += piece;
        }

        return error;
    }

    /// <inheritdoc/>
    public Error WritePage(int address, int dataspace, int offset, int length)
    {
        Error error = Prepare(address, length);
        for (int done = 0; done < length && error == Error.None;)
        {
            int piece = Piece(length - done);
            error = env.CopyDataspace(dataspace, offset + done, frames.Dataspace, FrameBuffer.PayloadAt, piece);
            error = error == Error.None ? engine.DoOwn(FpgaCommand.Write, 0, address + done, 0, piece) : error;
            done += piece;
        }

        return error;
    }

    private int Piece(int rest) => rest < engine.Identity.Payload ? rest : engine.Identity.Payload;

    private Error Prepare(int address, int length)
    {
        if (!engine.IsPresent)
        {
            return Error.Unreachable;
        }

        for (int at = env.NextSession(0); at != 0; at = env.NextSession(at))
        {
            var session = new EngineSession(env.Memory, at);
            if (session.Has(address - session.Base, length))
            {
                return engine.Quiesce(at);
            }
        }

        return Error.BadArgument;
    }
}
