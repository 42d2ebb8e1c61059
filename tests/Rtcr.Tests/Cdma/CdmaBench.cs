// A board on which the whole program rtcr has its targets' memory copied by a co-processor that a test scripts.
using System.Text;
using Tern.Components;
using Tern.Kernel;
using Tern.Os;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>init, the driver <c>engine</c>, and <c>rtcr</c> with its targets. The kernel audits itself after every dispatch.</summary>
public sealed class CdmaBench
{
    /// <summary>A target that counts every 100 ms, checkpointed every 430 ms.</summary>
    public const string Sheep = "<cdma memory=\"64K\" wait_ms=\"200\" timeout_ms=\"1000\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Counter;

    /// <summary>The start node of the target that counts.</summary>
    public const string Counter = "<start name=\"sheep\"><binary name=\"sheep_counter\"/><resource name=\"RAM\" quantum=\"64K\"/>"
        + "<config period_ms=\"100\"/></start>";

    private const string Parents = "<config><parent-provides><service name=\"ROM\"/><service name=\"PD\"/><service name=\"CPU\"/>"
        + "<service name=\"LOG\"/><service name=\"RM\"/><service name=\"IRQ\"/><service name=\"Timer\"/><service name=\"Crypto\"/>"
        + "<service name=\"Report\"/><service name=\"Power\"/></parent-provides>"
        + "<default-route><any-service><parent/><any-child/></any-service></default-route>";

    private const string Driver = "<start name=\"engine\" caps=\"200\" priority=\"13\" restart=\"yes\"><resource name=\"RAM\" quantum=\"1M\"/>"
        + "<provides><service name=\"Copy_engine\"/></provides></start>";

    private const string Under = "init -> rtcr -> ";
    private readonly bool _hasEngine;
    private readonly string _config;

    /// <param name="config">What stands in RTCR's configuration.</param>
    public CdmaBench(string config)
        : this(config, true)
    {
    }

    /// <param name="config">What stands in RTCR's configuration.</param>
    /// <param name="hasEngine">Whether init knows a driver.</param>
    public CdmaBench(string config, bool hasEngine)
    {
        _config = config;
        _hasEngine = hasEngine;
        Board = StateBench.Board();
        Board.Profile.MaxRegions = 300;
    }

    public ScriptedEngine Engine { get; } = new ScriptedEngine();

    public TestBoard Board { get; }

    public Microkernel Kernel { get; private set; } = null!;

    /// <summary>A board whose targets have begun.</summary>
    public static CdmaBench Booted(string config) => new CdmaBench(config).Boot();

    public CdmaBench Boot()
    {
        string start = (_hasEngine ? Driver : "") + "<start name=\"rtcr\" caps=\"2000\" priority=\"12\"><resource name=\"RAM\" quantum=\"2M\"/><config name=\"rtcr\">"
            + _config + "</config></start></config>";
        Board.With("init", new Init()).With("rtcr", new Rtcr.Rtcr(false)).With(ScriptedEngine.Name, Engine)
            .With("sheep_counter", new SheepCounter()).With("pattern_memory", new PatternMemory())
            .With(Stumbler.Name, new Stumbler()).With(Tenant.Name, new Tenant()).With(Grower.Name, new Grower())
            .With(Bloater.Name, new Bloater())
            .WithModule("config", Encoding.UTF8.GetBytes(Parents + start));
        Kernel = new Microkernel(Board);
        Expect.Ok(Kernel.Boot());
        Drive.Settle(Kernel);
        return this;
    }

    public void Run(long milliseconds) => Drive.Run(Kernel, Board, milliseconds * 1_000_000);

    /// <summary>Lets the driver do something in a handler of its own, and everybody act on it.</summary>
    public void Do(CommandedRtcr.Work work)
    {
        Engine.Next = work;
        ScriptedEngine.Ring(Board);
        Drive.Settle(Kernel);
        Assert.IsNull(Engine.Next, "the driver did not run the command");
    }

    /// <summary>What a target has counted, in the order in which it said so; what it found broken is among it.</summary>
    public string Counts(string target)
    {
        var text = new StringBuilder();
        string who = Under + target + " ";
        for (int i = 0; i < Board.Submitted.Count; i++)
        {
            string line = (string)Board.Submitted[i]!;
            int at = line.IndexOf("count=");
            if (line.StartsWith(who))
            {
                int end = at < 0 ? -1 : line.IndexOf(' ', at);
                text.Append(at < 0 || line.IndexOf("broken") >= 0 ? line.Substring(who.Length) : line.Substring(at + 6, (end < 0 ? line.Length : end) - at - 6));
                text.Append(' ');
            }
        }

        return text.ToString();
    }

    /// <summary>How many of RTCR's reports begin with a text.</summary>
    public int Reported(string text)
    {
        int count = 0;
        for (int i = 0; i < Board.Submitted.Count; i++)
        {
            count += ((string)Board.Submitted[i]!).StartsWith("init -> rtcr " + text) ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many checkpoints of a target somebody has copied: <c>fpga</c> or <c>processor</c>.</summary>
    public int Captured(string target, string copier)
    {
        int count = 0;
        for (int i = 0; i < Board.Submitted.Count; i++)
        {
            string line = (string)Board.Submitted[i]!;
            count += line.StartsWith("init -> rtcr captured target=" + target + " ") && line.EndsWith("copier=" + copier) ? 1 : 0;
        }

        return count;
    }

    /// <summary>All that stands on the console and in the reports, for whoever looks why a claim does not hold.</summary>
    public string Log()
    {
        var text = new StringBuilder("\n" + Engine.Requests + "\n");
        for (int i = 0; i < Board.Lines.Count; i++)
        {
            text.Append((string)Board.Lines[i]! + "\n");
        }

        for (int i = 0; i < Board.Submitted.Count; i++)
        {
            text.Append((string)Board.Submitted[i]! + "\n");
        }

        return text.ToString();
    }

    /// <summary>What RTCR uses of its budgets, as text.</summary>
    public string Used()
    {
        Task task = Rtcr();
        return task.RamUsed + " bytes, " + task.Capabilities.Count + " capabilities";
    }

    /// <summary>The image of the last checkpoint, as it stands in RTCR's memory, of a board with one place.</summary>
    public byte[] Image()
    {
        Task task = Rtcr();
        RegionMap map = Kernel.Memory.Map(task.AddressSpaceIdentity);
        for (int i = 0; i < map.Count; i++)
        {
            int row = map.Row(i);
            int size = Kernel.Memory.Regions.Size[row];
            var found = new Resolution();
            if (size >= 128 * 1024 && Kernel.Memory.Resolve(Kernel.Memory.Regions.Target[row], 0, Rights.Read, found) == Error.None
                && System.BitConverter.ToInt32(found.Memory, found.Offset) == ImageFormat.Magic)
            {
                var image = new byte[System.BitConverter.ToInt32(found.Memory, found.Offset + ImageFormat.SizeAt)];
                System.Array.Copy(found.Memory, found.Offset, image, 0, image.Length);
                return image;
            }
        }

        throw new System.ArgumentException("there is no image");
    }

    private Task Rtcr()
    {
        for (int i = 0; i < Kernel.Tasks.Capacity; i++)
        {
            Task? task = Kernel.Tasks[i];
            if (task != null && task.Label == "init -> rtcr")
            {
                return task;
            }
        }

        throw new System.ArgumentException("rtcr has ended" + Log());
    }
}
