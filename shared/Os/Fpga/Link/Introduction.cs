// How the driver and a co-processor meet: at the start, and whenever it was lost. Jobs, regions and causes of interrupts that it may still
// have from before are ended first, so that nothing of another time ends later under a new number.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>What the co-processor said of itself, within what the driver can use.</summary>
/// <param name="link">The link.</param>
internal sealed class Introduction(SpiLink link)
{
    /// <summary>Most jobs at once: the co-processor knows the outcome of its last 16.</summary>
    internal const int MostJobs = 16;

    /// <summary>Most intercepted regions.</summary>
    internal const int MostRegions = 4;

    private const int IdentitySize = 16;
    private const int LeastPayloadBits = 8;
    private const int LeastMapBits = 8;
    private const int MostMapBits = 24;
    private const int MostWindowBits = 30;
    private const int AbortPolls = 1024;
    private const int Magic = 'T' | ('E' << 8) | ('R' << 16) | ('N' << 24);

    /// <summary>How many jobs may be given to it at once.</summary>
    internal int Jobs { get; private set; } = 1;

    /// <summary>How many regions may be intercepted.</summary>
    internal int Regions { get; private set; }

    /// <summary>Most bytes of a payload, a multiple of 16.</summary>
    internal int Payload { get; private set; }

    /// <summary>Dirty bits of a region.</summary>
    internal int DirtyBits { get; private set; }

    /// <summary>Addresses are below this.</summary>
    internal int Window { get; private set; }

    /// <summary>Finds the co-processor and makes it ready.</summary>
    /// <returns>None; Unreachable: there is none, or nothing that can be understood; BadData: it speaks another protocol.</returns>
    internal Error Meet()
    {
        if (!link.Begin())
        {
            return Error.Unreachable;
        }

        // A reply that never comes would keep every other command out. Who was just reset refuses this, and that is well too.
        Error error = link.Execute(FpgaCommand.Abort, 0, 0, 0);
        error = error == Error.None ? link.Await(0, AbortPolls) : error;
        error = error == Error.None ? link.Execute(FpgaCommand.Identify, 0, 0, 0, 0, IdentitySize) : error;
        error = error == Error.None ? Understand() : error;
        link.IsIntroduced = error == Error.None;
        for (int region = 0; region < Regions && error == Error.None; region++)
        {
            error = link.Execute(FpgaCommand.InterceptRegion, region, 0, LeastGranularity);
        }

        error = error == Error.None ? link.Execute(FpgaCommand.InterruptAcknowledge, All, 0, 0) : error;
        error = error == Error.None ? link.Execute(FpgaCommand.InterruptEnable, FpgaInterrupt.JobDone | FpgaInterrupt.JobFailed, 0, 0) : error;
        if (error != Error.None)
        {
            link.Lose();
        }

        return error == Error.None || error == Error.BadData ? error : Error.Unreachable;
    }

    private const int LeastGranularity = 8;
    private const int All = FpgaInterrupt.JobDone | FpgaInterrupt.JobFailed | FpgaInterrupt.Idle;

    private Error Understand()
    {
        ReplyFrame reply = link.Reply;
        FrameBuffer frames = link.Frames;
        int magic = 0;
        for (int i = 0; i < 4 && reply.Length == IdentitySize; i++)
        {
            magic |= frames.Answer(FpgaIdentity.Magic + i) << (8 * i);
        }

        if (reply.Status != FpgaStatus.Ok || magic != Magic || frames.Answer(FpgaIdentity.Major) != FpgaVersion.Major)
        {
            return Error.BadData;
        }

        int jobs = frames.Answer(FpgaIdentity.Jobs);
        int regions = frames.Answer(FpgaIdentity.Regions);
        int payloadBits = frames.Answer(FpgaIdentity.PayloadBits);
        int mapBits = frames.Answer(FpgaIdentity.MapBits);
        int windowBits = frames.Answer(FpgaIdentity.WindowBits);
        if (jobs == 0 || payloadBits < LeastPayloadBits || mapBits < LeastMapBits || mapBits > MostMapBits || windowBits < 12)
        {
            return Error.BadData;
        }

        Jobs = jobs < MostJobs ? jobs : MostJobs;
        Regions = regions < MostRegions ? regions : MostRegions;
        DirtyBits = regions == 0 ? 0 : ((1 << mapBits) / regions) & ~63;
        Window = 1 << (windowBits < MostWindowBits ? windowBits : MostWindowBits);
        int payload = payloadBits < 12 ? 1 << payloadBits : ReplyFrame.MostPayload;
        payload = payload < frames.MostPayload ? payload : frames.MostPayload;
        Payload = payload & ~15;
        return Payload == 0 ? Error.BadData : Error.None;
    }
}
