// Makes the next step of a job: a frame of its data, or the whole job where the co-processor takes it whole.
// What reads is done at once and alone: an unanswered Read keeps every other command out, so it waits until nothing is before it.
// Invariant: a step is given whole or the job is where it was; data and lists are checked in the driver's memory, after the client can change them.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Gives jobs to the co-processor, step by step.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="flight">The way there.</param>
/// <param name="frames">The memory for frames.</param>
/// <param name="identity">What the co-processor can hold.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="endings">Who ends those that cannot be given.</param>
internal sealed class StepMaker(Env env, Flight flight, FrameBuffer frames, Introduction identity, JobTable jobs, Endings endings)
{
    /// <summary>Gives the next step of a job that has one.</summary>
    /// <returns>None: the job is further, or has failed; Busy: not before something has ended; Unreachable: lost.</returns>
    internal Error Give(int row)
    {
        Error error = jobs.Operation[row] switch
        {
            CopyEngineOperation.Write => GiveData(row),
            CopyEngineOperation.CopyList => GiveList(row),
            CopyEngineOperation.Read => Fetch(row, FpgaCommand.Read),
            CopyEngineOperation.DirtyRead => Fetch(row, FpgaCommand.DirtyRead),
            CopyEngineOperation.Fill => GiveWhole(row, FpgaCommand.Fill),
            CopyEngineOperation.Copy => GiveWhole(row, FpgaCommand.Copy),
            CopyEngineOperation.Compare => GiveWhole(row, FpgaCommand.Compare),
            CopyEngineOperation.Crc => GiveWhole(row, FpgaCommand.Crc),
            _ => GiveWhole(row, FpgaCommand.DirtyClear),
        };
        if (error is Error.Busy or Error.Unreachable)
        {
            return error;
        }

        if (error == Error.None)
        {
            endings.EndFirst(jobs.Session[row]);
        }
        else
        {
            endings.Fail(row, error);
        }

        return Error.None;
    }

    private Error GiveWhole(int row, byte command)
        => Given(row, jobs.Length[row], flight.Give(command, jobs.First[row], jobs.Second[row], jobs.Length[row], 0, row, jobs.Length[row]));

    private Error GiveData(int row)
    {
        if (flight.Steps.Payloads > 0)
        {
            return Error.Busy;
        }

        int done = jobs.Done[row];
        int length = Piece(row);
        Error error = env.CopyDataspace(BufferOf(row), jobs.Offset[row] + done, frames.Dataspace, FrameBuffer.PayloadAt, length);
        return error != Error.None
            ? error
            : Given(row, length, flight.Give(FpgaCommand.Write, 0, jobs.First[row] + done, 0, length, row, length));
    }

    private Error GiveList(int row)
    {
        if (flight.Steps.Payloads > 0)
        {
            return Error.Busy;
        }

        int length = jobs.Length[row];
        if (length > identity.Payload)
        {
            return Error.BadArgument;
        }

        var session = new EngineSession(env.Memory, jobs.Session[row]);
        Error error = env.CopyDataspace(session.Buffer, jobs.Offset[row], frames.Dataspace, FrameBuffer.PayloadAt, length);
        int bytes = 0;
        error = error != Error.None
            ? error
            : CopyLists.Translate(env.Memory, frames.Payload, length / CopyEngineList.EntrySize, session, out bytes);
        return error != Error.None
            ? error
            : Given(row, length, flight.Give(FpgaCommand.CopyList, 0, 0, 0, length, row, bytes));
    }

    private Error Fetch(int row, byte command)
    {
        if (flight.Steps.Count > 0)
        {
            return Error.Busy;
        }

        int done = jobs.Done[row];
        int length = Piece(row);
        int first = command == FpgaCommand.Read ? jobs.First[row] + done : jobs.First[row] + (8 * done);
        Error error = flight.Fetch(command, first, jobs.Second[row], length);
        error = error != Error.None
            ? error
            : env.CopyDataspace(frames.Dataspace, FrameBuffer.AnswerAt, BufferOf(row), jobs.Offset[row] + done, length);
        return Given(row, length, error);
    }

    private Error Given(int row, int length, Error error)
    {
        jobs.Done[row] += error == Error.None ? length : 0;
        return error;
    }

    private int Piece(int row)
    {
        int rest = jobs.Length[row] - jobs.Done[row];
        return rest < identity.Payload ? rest : identity.Payload;
    }

    private int BufferOf(int row) => new EngineSession(env.Memory, jobs.Session[row]).Buffer;
}
