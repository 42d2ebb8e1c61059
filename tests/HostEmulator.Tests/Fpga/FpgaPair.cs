// The model and the RTL, driven with the same bytes at the same clocks. As long as both are idle when a selection begins, the bytes that come
// out of it are equal; once both are idle again, so are memory, dirty map and interrupt line.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

internal sealed class FpgaPair : IDisposable
{
    internal const int Fastest = 80_000;

    private const long Long = 2_000_000;

    private readonly byte[] _modelMap = new byte[FpgaLimits.Map / 8];
    private readonly byte[] _rtlMap = new byte[FpgaLimits.Map / 8];

    internal FpgaPair(int memorySize = 1 << 16, RtlOptions? options = null, int seed = 1)
    {
        options ??= new RtlOptions();
        Model = new FpgaModel(memorySize, options.Timing);
        Rtl = new RtlCore(memorySize, options);
        FpgaFrames.Bytes(seed, memorySize).CopyTo(Model.Memory);
        Model.Memory.CopyTo(Rtl.Memory);
    }

    internal FpgaModel Model { get; }

    internal RtlCore Rtl { get; }

    /// <summary>What eight bits take on the wire.</summary>
    internal int Pace { get; set; } = Fastest;

    /// <summary>The last command's sequence number.</summary>
    internal byte Sequence { get; set; }

    /// <summary>One that has been introduced.</summary>
    internal static FpgaPair Introduced(RtlOptions? options = null, int seed = 1)
    {
        var pair = new FpgaPair(options: options, seed: seed);
        pair.Command(FpgaCommand.Identify);
        return pair;
    }

    public void Dispose()
    {
        Model.Dispose();
        Rtl.Dispose();
    }

    /// <summary>The next command's frame.</summary>
    internal byte[] Frame(byte command, uint argument0 = 0, uint argument1 = 0, uint argument2 = 0, byte[]? payload = null) =>
        FpgaFrames.Make(command, ++Sequence, argument0, argument1, argument2, payload);

    /// <summary>A command, its end awaited and its reply fetched.</summary>
    internal FpgaAnswer Command(byte command, uint argument0 = 0, uint argument1 = 0, uint argument2 = 0, byte[]? payload = null) =>
        Whole(Frame(command, argument0, argument1, argument2, payload));

    /// <summary>A frame while both are idle, its end awaited and its reply fetched.</summary>
    internal FpgaAnswer Whole(byte[] frame)
    {
        Exchange(frame);
        Settle();
        return Fetch();
    }

    /// <summary>A frame while both are idle, and what its link is: the next reply's header, which speaks of the frame before.</summary>
    internal FpgaAnswer Linked(byte[] frame)
    {
        Exchange(frame);
        Settle();
        return Exchange(FpgaFrames.Poll());
    }

    /// <summary>The reply that is there, with its payload.</summary>
    internal FpgaAnswer Fetch()
    {
        FpgaAnswer answer = Exchange(FpgaFrames.Poll());
        answer = answer.Length > 0 ? Exchange(FpgaFrames.Poll(answer.Length)) : answer;
        Assert.IsTrue(answer.IsWhole, $"the reply {Convert.ToHexString(answer.Wire)} is not whole");
        return answer;
    }

    /// <summary>One selection, both idle: what comes out is equal.</summary>
    internal FpgaAnswer Exchange(byte[] frame)
    {
        (byte[] model, byte[] rtl) = Send(frame);
        if (!model.AsSpan().SequenceEqual(rtl))
        {
            Assert.AreEqual(Convert.ToHexString(rtl), Convert.ToHexString(model), "the model's reply is not the RTL's");
        }

        return new FpgaAnswer(model);
    }

    /// <summary>One selection, whatever is under way.</summary>
    internal (byte[] Model, byte[] Rtl) Send(byte[] frame)
    {
        byte[] model = new byte[frame.Length], rtl = new byte[frame.Length];
        Model.Exchange(frame, model, Pace);
        Rtl.Exchange(frame, rtl, Pace);
        return (model, rtl);
    }

    internal void Reset()
    {
        Model.Reset();
        Rtl.Reset();
    }

    /// <summary>Both become idle, and have done the same.</summary>
    internal void Settle()
    {
        Finish();
        CompareMemory();
        CompareMap();
        Assert.AreEqual(Rtl.InterruptLine, Model.InterruptLine, "the model's interrupt line is not the RTL's");
    }

    /// <summary>Both become idle.</summary>
    internal void Finish()
    {
        Model.Run(Long);
        Rtl.Run(Long);
        Assert.IsFalse(Model.IsBusy, "the model does not come to rest");
        Assert.IsFalse(Rtl.IsBusy, "the RTL does not come to rest");
    }

    internal byte[] Map()
    {
        Model.ReadDirtyMap(_modelMap);
        return [.. _modelMap];
    }

    private void CompareMemory()
    {
        int same = Model.Memory.CommonPrefixLength(Rtl.Memory);
        Assert.AreEqual(Model.MemorySize, same, same == Model.MemorySize ? ""
            : $"byte {same:X} of the model's memory is {Model.Memory[same]:X2}, of the RTL's {Rtl.Memory[same]:X2}");
    }

    private void CompareMap()
    {
        Model.ReadDirtyMap(_modelMap);
        Rtl.ReadDirtyMap(_rtlMap);
        int same = _modelMap.AsSpan().CommonPrefixLength(_rtlMap);
        Assert.AreEqual(_modelMap.Length, same, same == _modelMap.Length ? ""
            : $"byte {same} of the model's dirty map is {_modelMap[same]:X2}, of the RTL's {_rtlMap[same]:X2}");
    }
}
