// The section of requests: what the target's domains wait for, then what waits for them.
// Invariant: both in their order, so that a restored target finds its events as they would have come. Of a request from
// one domain to another, each domain sees its end; it is written once.
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
        for (int domain = Domains.Own; domain != Domains.End && error == Error.None; domain = Domains.Next(target.Storage, domain))
        {
            error = WriteEvents(target, domain, ref count);
        }

        _image.SetCount(Section.Requests, count);
        return error;
    }

    /// <summary>Writes the requests that wait for nobody's turn among the target's threads: others have them, or they are kept.</summary>
    private Error WriteOutstanding(Target target, ref int count)
    {
        Error error = Error.None;
        for (int number = NextNumber(target, 0); number > 0 && error == Error.None; number = NextNumber(target, number))
        {
            Message message = Find(target, number, out int domain);
            int phase = message.Word(1);
            if (phase == RequestPhase.Asked || phase == RequestPhase.Kept)
            {
                error = WriteRequest(target, domain, number, message);
                count++;
            }
        }

        return error;
    }

    /// <summary>Writes what waits for a domain, in the order of its delivery.</summary>
    private Error WriteEvents(Target target, int domain, ref int count)
    {
        int native = Domains.Native(target, domain);
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
                message = Find(target, number, out int client);
                error = client == Domains.End ? Error.BadData : WriteRequest(target, client, number, message);
                count++;
            }
            else if (number == -2)
            {
                _inbound.WriteQueued(domain, _image, message.Word(3), ref count);
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

    private Error WriteRequest(Target target, int domain, int number, Message request)
    {
        OnlineStorage storage = target.Storage;
        int phase = request.Word(1);
        int thread = storage.Find(request.Word(7));
        int gate = phase == RequestPhase.Answered ? -1 : storage.Find(request.Word(4));
        int opcode = phase == RequestPhase.Answered ? 0 : request.Word(5);
        int keeper = phase == RequestPhase.Kept ? storage.Find(request.Word(3)) : -1;
        _image.Byte(phase);
        _image.UInt16(domain);
        _image.UInt16(thread);
        _image.Int32(request.Word(2));
        _image.Int32(phase == RequestPhase.Answered ? request.Word(3) : 0);
        _image.Int32(request.Word(6));
        _image.UInt16(keeper);
        if (thread < 0 || (phase == RequestPhase.Kept && keeper < 0) || !ReadContent(target, domain, number))
        {
            return Error.BadData;
        }

        _scratch.Session = gate;
        _scratch.Opcode = opcode;
        _image.Call(_scratch);
        return Error.None;
    }

    /// <summary>The oldest request of any domain after a number; 0 for none. Numbers are the board's, so they tell the order.</summary>
    private int NextNumber(Target target, int number)
    {
        int next = 0;
        for (int domain = Domains.Own; domain != Domains.End; domain = Domains.Next(target.Storage, domain))
        {
            int own = Read(target, domain, number).Word(0);
            next = own > 0 && (next == 0 || own < next) ? own : next;
        }

        return next;
    }

    /// <summary>Finds the domain that sent a request, and reads it.</summary>
    private Message Find(Target target, int number, out int domain)
    {
        for (domain = Domains.Own; domain != Domains.End; domain = Domains.Next(target.Storage, domain))
        {
            Message message = Read(target, domain, number - 1);
            if (message.Word(0) == number)
            {
                return message;
            }
        }

        return _env.Compose(0);
    }

    private Message Read(Target target, int domain, int after)
    {
        Message message = _env.Compose(NativePdOperation.ReadRequest).Add(after);
        _env.Call(Domains.Native(target, domain), message);
        return message;
    }

    /// <summary>Reads what a request or answer contains, its capabilities as entries.</summary>
    private bool ReadContent(Target target, int domain, int number)
    {
        Message message = _env.Compose(NativePdOperation.ReadContent).Add(number);
        bool known = _env.Call(Domains.Native(target, domain), message) == Error.None
            && _scratch.Remember(_env, target.Storage, 0, message);
        for (int i = 0; i < message.CapabilityCount; i++)
        {
            _env.Release(message.Capability(i));
        }

        return known;
    }
}
