// Requests of clients in an image: those that the target has not begun with, and those that it keeps to answer later.
// Invariants: a request that is here and in the image is one request, and answered once; what nobody here waits for is left
// out while the target has not begun with it, and its answer is dropped otherwise.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes and loads the requests that clients have outstanding at a target.</summary>
internal sealed class InboundImage
{
    /// <summary>Requests: one of a client's that the target has not begun with.</summary>
    internal const int QueuedPhase = ImageFormat.QueuedPhase;

    /// <summary>Requests: one of a client's that the target keeps.</summary>
    internal const int KeptPhase = ImageFormat.KeptPhase;

    private readonly Env _env;
    private readonly Serving _serving;
    private readonly InboundTable _inbound;
    private readonly ExportTable _exports;

    internal InboundImage(Env env, Serving serving)
    {
        _env = env;
        _serving = serving;
        _inbound = serving.Inbound;
        _exports = serving.Exports;
    }

    /// <summary>Writes the requests that a target's domains keep.</summary>
    internal Error WriteKept(Target target, ImageWriter image, ref int count)
    {
        Error error = Error.None;
        for (int domain = Domains.Own; domain != Domains.End && error == Error.None; domain = Domains.Next(target.Storage, domain))
        {
            error = WriteKept(target, domain, image, ref count);
        }

        return error;
    }

    private Error WriteKept(Target target, int domain, ImageWriter image, ref int count)
    {
        int number = 0;
        while (true)
        {
            Message message = _env.Compose(NativePdOperation.ReadKept).Add(number);
            Error error = _env.Call(Domains.Native(target, domain), message);
            number = message.Word(0);
            if (error != Error.None || number == 0)
            {
                return error;
            }

            Write(domain, image, KeptPhase, message.Word(1), message.Word(2), ref count);
        }
    }

    /// <summary>Writes a request that a target has not begun with.</summary>
    /// <param name="domain">Which of its domains is asked.</param>
    /// <param name="image">The image.</param>
    /// <param name="ticket">The ticket under which it was sent on.</param>
    /// <param name="count">The number of records so far.</param>
    internal void WriteQueued(int domain, ImageWriter image, int ticket, ref int count)
        => Write(domain, image, QueuedPhase, ticket, 0, ref count);

    /// <summary>Loads a request.</summary>
    /// <param name="target">The target; its objects are there.</param>
    /// <param name="domain">Which of its domains is asked.</param>
    /// <param name="exports">What tells whose clients are here.</param>
    /// <param name="phase">The record's phase.</param>
    /// <param name="serial">The number by which it was known where the image was taken.</param>
    /// <param name="token">The token under which the target keeps it; 0 when it has not begun with it.</param>
    /// <param name="content">The request; the target's domain has its content already.</param>
    internal Error Load(Target target, int domain, ExportLoader exports, int phase, int serial, int token, CallRecord content)
    {
        int row = content.Session < 0 ? -1 : _exports.Find(target, content.Session);
        if (row < 0 || (phase == KeptPhase) != (token > 0))
        {
            return row < 0 ? Error.None : Error.BadData;
        }

        int place = FindWaiting(row, serial, content.Opcode);
        if (place < 0 && phase == QueuedPhase && !exports.HasClient(row))
        {
            return Error.None;
        }

        place = place < 0 ? _inbound.Add(InboundPurpose.Ask, row, 0) : place;
        if (place < 0)
        {
            return Error.TableFull;
        }

        _inbound.Record[place].CopyFrom(content);
        Error error = _env.Call(Domains.Native(target, domain), _env.Compose(NativePdOperation.PostRequest)
            .Add(_inbound.Issue(place, target)).Add(content.Opcode).Add(token).Add(1)
            .AddCapability(target.Storage.Selector(content.Session)));
        if (error != Error.None)
        {
            _inbound.Withdraw(place);
        }

        return error;
    }

    private void Write(int domain, ImageWriter image, int phase, int ticket, int token, ref int count)
    {
        int place = _inbound.FindTicket(ticket);
        if (place < 0 || _inbound.Purpose[place] != InboundPurpose.Ask)
        {
            // Opening and closing sessions is RTCR's to do again.
            return;
        }

        CallRecord record = _inbound.Record[place];
        int row = _inbound.Row[place];
        record.Session = row < 0 ? -1 : _exports.Entry[row];
        image.Byte(phase);
        image.UInt16(domain);
        image.UInt16(-1);
        image.Int32(_inbound.Serial(place));
        image.Int32(0);
        image.Int32(token);
        image.UInt16(-1);
        image.Call(record);
        count++;
    }

    private int FindWaiting(int row, int serial, int opcode)
    {
        for (int place = 0; place < _inbound.Capacity; place++)
        {
            bool isIt = _inbound.IsUsed(place) && _inbound.Serial(place) == serial && _inbound.Row[place] == row
                && _inbound.Purpose[place] == InboundPurpose.Ask && _inbound.Ticket[place] == 0;
            if (isIt && _inbound.Record[place].Opcode == opcode)
            {
                return place;
            }
        }

        return -1;
    }
}
