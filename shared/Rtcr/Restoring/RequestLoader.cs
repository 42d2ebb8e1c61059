// The section of requests: what the target's domains waited for and what waited for them, posted again in their order.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads a target's outstanding requests, signals and answers.</summary>
internal sealed class RequestLoader
{
    private const int MostRequests = 256;

    private readonly Env _env;
    private readonly ImageReader _image;
    private readonly InboundImage _inbound;
    private readonly ExportLoader _exports;
    private readonly CallRecord _content = new CallRecord();

    internal RequestLoader(Env env, ImageReader image, InboundImage inbound, ExportLoader exports)
    {
        _inbound = inbound;
        _exports = exports;
        _env = env;
        _image = image;
    }

    /// <summary>Loads the section.</summary>
    internal Error Load(Target target)
    {
        Error error = Error.None;
        _image.BeginSection(Section.Requests, MostRequests);
        int count = _image.Count;
        for (int i = 0; i < count && error == Error.None; i++)
        {
            int phase = _image.Byte();
            error = phase == ImageFormat.SignalPhase ? LoadSignal(target) : LoadRequest(target, phase);
        }

        return error == Error.None ? _image.Verdict : error;
    }

    private Error LoadSignal(Target target)
    {
        int entry = _image.Entry();
        int count = _image.Int32();
        _image.Check(target.Storage.Has(entry) && count > 0);
        return _image.IsBad ? Error.BadData : _env.Submit(target.Storage.Selector(entry), count);
    }

    private Error LoadRequest(Target target, int phase)
    {
        OnlineStorage storage = target.Storage;
        int domain = _image.Entry();
        int thread = _image.Entry();
        int replyLabel = _image.Int32();
        int outcome = _image.Int32();
        int token = _image.Int32();
        int keeper = _image.Entry();
        _image.Call(_content);
        int gate = _content.Session;
        bool isInbound = phase == InboundImage.QueuedPhase || phase == InboundImage.KeptPhase;
        _image.Check((isInbound || (phase >= 0 && phase <= RequestPhase.Kept)) && Domains.Is(storage, domain));
        _image.Check((gate < 0 || storage.Has(gate)) && isInbound != storage.Has(thread));
        _image.Check((phase == RequestPhase.Kept) == storage.Has(keeper) && (keeper < 0 || token > 0));
        if (_image.IsBad || !SetContent(target, domain))
        {
            return Error.BadData;
        }

        int native = Domains.Native(target, domain);
        if (isInbound)
        {
            return _inbound.Load(target, domain, _exports, phase, replyLabel, token, _content);
        }

        if (phase == RequestPhase.Kept)
        {
            return _env.Call(native, _env.Compose(NativePdOperation.PostRequest)
                .Add(replyLabel).Add(_content.Opcode).Add(token).Add(0)
                .AddCapability(gate < 0 ? Selectors.Invalid : storage.Selector(gate))
                .AddCapability(storage.Selector(thread)).AddCapability(storage.Selector(keeper)));
        }

        // Whoever was asked through a gate that has gone cannot be asked again.
        if (phase == RequestPhase.Answered || gate < 0)
        {
            Error gone = phase == RequestPhase.Queued ? Error.InvalidCapability : Error.Gone;
            return _env.Call(native, _env.Compose(NativePdOperation.PostAnswer)
                .Add(replyLabel).Add(phase == RequestPhase.Answered ? outcome : (int)gone)
                .AddCapability(storage.Selector(thread)));
        }

        return _env.Call(native, _env.Compose(NativePdOperation.PostRequest)
            .Add(replyLabel).Add(_content.Opcode).Add(0)
            .AddCapability(storage.Selector(gate)).AddCapability(storage.Selector(thread)));
    }

    private bool SetContent(Target target, int domain)
    {
        Message message = _env.Compose(NativePdOperation.SetContent);
        for (int i = 0; i < _content.WordCount; i++)
        {
            message.Add(_content.Words[i]);
        }

        for (int i = 0; i < _content.ObjectCount; i++)
        {
            int entry = _content.Objects[i];
            if (entry >= 0 && !target.Storage.Has(entry))
            {
                return false;
            }

            message.AddCapability(entry < 0 ? Selectors.Invalid : target.Storage.Selector(entry));
        }

        message.AddBytes(_content.Bytes, 0, _content.Length);
        return _env.Call(Domains.Native(target, domain), message) == Error.None;
    }
}
