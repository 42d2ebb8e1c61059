// The section of requests: what the target waited for and what waited for it, posted again in their order.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads a target's outstanding requests, signals and answers.</summary>
internal sealed class RequestLoader
{
    private const int MostRequests = 256;

    private readonly Env _env;
    private readonly ImageReader _image;
    private readonly OfflineStorage _offline;
    private readonly InboundImage _inbound;
    private readonly ExportLoader _exports;
    private readonly CallRecord _content = new CallRecord();

    internal RequestLoader(Env env, ImageReader image, OfflineStorage offline, InboundImage inbound, ExportLoader exports)
    {
        _inbound = inbound;
        _exports = exports;
        _env = env;
        _image = image;
        _offline = offline;
    }

    /// <summary>Loads what waits for the target and what it waits for, in the order in which it came.</summary>
    internal Error Load(Target target)
    {
        Error error = _env.Call(target.Child!.Native, _env.Compose(NativePdOperation.NextToken).Add(_offline.NextToken));
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
        int native = target.Child!.Native;
        int replyLabel = _image.Int32();
        int outcome = _image.Int32();
        int token = _image.Int32();
        _image.Call(_content);
        int gate = _content.Session;
        bool isInbound = phase == InboundImage.QueuedPhase || phase == InboundImage.KeptPhase;
        _image.Check((isInbound || (phase >= 0 && phase <= RequestPhase.KeptItself)) && (gate < 0 || target.Storage.Has(gate)));
        if (_image.IsBad || !SetContent(target, native))
        {
            return Error.BadData;
        }

        if (isInbound)
        {
            return _inbound.Load(target, _exports, phase, replyLabel, token, _content);
        }

        // Whoever was asked through a gate that has gone cannot be asked again.
        if (phase == RequestPhase.Answered || gate < 0)
        {
            int result = phase == RequestPhase.Answered ? outcome : (int)Error.Gone;
            return _env.Call(native, _env.Compose(NativePdOperation.PostAnswer).Add(replyLabel).Add(result));
        }

        return _env.Call(native, _env.Compose(NativePdOperation.PostRequest)
            .Add(replyLabel).Add(_content.Opcode).Add(phase == RequestPhase.KeptItself ? token : 0)
            .AddCapability(target.Storage.Selector(gate)));
    }

    private bool SetContent(Target target, int native)
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
        return _env.Call(native, message) == Error.None;
    }
}
