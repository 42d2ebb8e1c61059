// The section of requests: what the target waits for, then what waits for it.
// Invariant: both in their order, so that a restored target finds its events as they would have come.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's outstanding requests, and its undelivered signals and answers.</summary>
internal sealed class RequestWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly InboundImage _inbound;
    private readonly CallRecord _scratch = new CallRecord();

    internal RequestWriter(Env env, ImageWriter image, InboundImage inbound)
    {
        _inbound = inbound;
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>BadData when a request carries something of unknown origin.</returns>
    internal Error Write(Target target)
    {
        _image.BeginSection(Section.Requests, 0);
        int count = 0;
        Error error = WriteOutstanding(target, ref count);
        error = error == Error.None ? _inbound.WriteKept(target, _image, ref count) : error;
        error = error == Error.None ? WriteEvents(target, ref count) : error;
        _image.SetCount(Section.Requests, count);
        return error;
    }

    /// <summary>Writes the requests whose answers do not wait for the target yet.</summary>
    private Error WriteOutstanding(Target target, ref int count)
    {
        int number = 0;
        while (true)
        {
            Message message = _env.Compose(NativePdOperation.ReadRequest).Add(number);
            Error error = _env.Call(target.Child!.Native, message);
            number = message.Word(0);
            if (error != Error.None || number == 0)
            {
                return error;
            }

            int phase = message.Word(1);
            if (phase == RequestPhase.Asked || phase == RequestPhase.KeptItself)
            {
                error = WriteRequest(target, number, message);
                count++;
            }

            if (error != Error.None)
            {
                return error;
            }
        }
    }

    /// <summary>Writes what waits for the target, in the order of its delivery.</summary>
    private Error WriteEvents(Target target, ref int count)
    {
        int native = target.Child!.Native;
        for (int place = 0; ; place++)
        {
            Message message = _env.Compose(NativePdOperation.ReadEvent).Add(place);
            Error error = _env.Call(native, message);
            int badge = message.Word(0);
            int number = message.Word(1);
            if (error != Error.None || (badge == 0 && number == 0))
            {
                return error;
            }

            if (badge != 0)
            {
                error = WriteSignal(target, badge, number);
                count++;
            }
            else if (number > 0)
            {
                message = _env.Compose(NativePdOperation.ReadRequest).Add(number - 1);
                error = _env.Call(native, message);
                error = error == Error.None ? WriteRequest(target, number, message) : error;
                count++;
            }

            else if (number == -2)
            {
                _inbound.WriteQueued(target, _image, message.Word(3), ref count);
            }

            // What somebody else asks the target, not through RTCR, is his to ask again.
            if (error != Error.None)
            {
                return error;
            }
        }
    }

    private Error WriteSignal(Target target, int badge, int triggered)
    {
        int entry = target.Storage.Find(badge);
        _image.Byte(ImageFormat.SignalPhase);
        _image.UInt16(entry);
        _image.Int32(triggered);
        return entry < 0 ? Error.BadData : Error.None;
    }

    private Error WriteRequest(Target target, int number, Message request)
    {
        bool answered = request.Word(1) == RequestPhase.Answered;
        int gate = answered ? -1 : target.Storage.Find(request.Word(4));
        int opcode = answered ? 0 : request.Word(5);
        _image.Byte(request.Word(1));
        _image.Int32(request.Word(2));
        _image.Int32(request.Word(3));
        _image.Int32(request.Word(6));
        if (!ReadContent(target, target.Child!.Native, number))
        {
            return Error.BadData;
        }

        _scratch.Session = gate;
        _scratch.Opcode = opcode;
        _image.Call(_scratch);
        return Error.None;
    }

    /// <summary>Reads what a request or answer contains, its capabilities as entries.</summary>
    private bool ReadContent(Target target, int native, int number)
    {
        Message message = _env.Compose(NativePdOperation.ReadContent).Add(number);
        bool known = _env.Call(native, message) == Error.None
            && _scratch.Remember(_env, target.Storage, 0, message);
        for (int i = 0; i < message.CapabilityCount; i++)
        {
            _env.Release(message.Capability(i));
        }

        return known;
    }
}
