// The driver's configuration:
//   <config spi="fpga" interrupt="fpga" memory="1M" frames="16"> <policy label_prefix="rtcr" memory="256K"/> </config>
// What is not understood is said with line and column; its default is used, and a policy that is not understood permits nothing.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>What the configuration says.</summary>
internal sealed class FpgaDriverConfig
{
    /// <summary>Most policies.</summary>
    internal const int MaxPolicies = 16;

    private const int PageSize = 4096;
    private const int MostMemory = 1 << 30;
    private const int LeastFrames = 4;
    private const int MostFrames = 256;

    private readonly Env _env;
    private readonly string[] _prefix = new string[MaxPolicies];
    private readonly int[] _memory = new int[MaxPolicies];
    private int _policies;

    internal FpgaDriverConfig(Env env)
    {
        _env = env;
    }

    /// <summary>The device on the SPI bus.</summary>
    internal string Spi { get; private set; } = "fpga";

    /// <summary>The interrupt by its name; empty for none.</summary>
    internal string Interrupt { get; private set; } = "fpga";

    /// <summary>Bytes of the co-processor's memory that are given to sessions.</summary>
    internal int Memory { get; private set; } = 1024 * 1024;

    /// <summary>Pages of the banks that are in the board's memory at a time.</summary>
    internal int Frames { get; private set; } = 16;

    /// <summary>How many complaints there were.</summary>
    internal int Faults { get; private set; }

    /// <summary>The most bytes that a client's session may have: those of the policy with the longest prefix; 0 when there is none.</summary>
    internal int MemoryOf(string label)
    {
        int best = -1;
        for (int i = 0; i < _policies; i++)
        {
            if (Labels.StartsWith(label, _prefix[i]) && (best < 0 || _prefix[i].Length > _prefix[best].Length))
            {
                best = i;
            }
        }

        return best < 0 ? 0 : _memory[best];
    }

    /// <summary>Reads a whole configuration.</summary>
    internal void Read(string text)
    {
        if (!XmlNode.TryParse(text, out XmlNode root, out XmlFault fault))
        {
            Faults++;
            _env.Log("config: " + fault.ToString());
            return;
        }

        CheckAttributes(root, "spi", "interrupt", "memory", "frames");
        Spi = root.Attribute("spi", Spi);
        Interrupt = root.Attribute("interrupt", Interrupt);
        Memory = Size(root.Attribute("memory"), Memory);
        int frames = Frames;
        XmlAttr attribute = root.Attribute("frames");
        if (attribute.Read(LeastFrames, MostFrames, ref frames) > ValueState.Valid)
        {
            Complain(attribute.Line, attribute.Column, "frames is a number from " + LeastFrames.ToString() + " to " + MostFrames.ToString());
        }

        Frames = frames;
        for (XmlNode node = root.FirstChild; node.IsValid; node = node.Next)
        {
            ReadPolicy(node);
        }
    }

    private void ReadPolicy(XmlNode node)
    {
        int faults = Faults;
        if (!node.Is("policy"))
        {
            Complain(node.Line, node.Column, "unknown element <" + node.Name + ">");
            return;
        }

        CheckAttributes(node, "label_prefix", "memory", "", "");
        int memory = Size(node.Attribute("memory"), 0);
        if (Faults == faults && memory == 0)
        {
            Complain(node.Line, node.Column, "<policy> needs a memory, as memory=\"256K\"");
        }
        else if (_policies == MaxPolicies)
        {
            Complain(node.Line, node.Column, "too many policies");
        }

        if (Faults == faults)
        {
            _prefix[_policies] = node.Attribute("label_prefix", "");
            _memory[_policies++] = memory;
        }
    }

    /// <summary>Reads a size, rounded up to pages.</summary>
    private int Size(XmlAttr attribute, int fallback)
    {
        long size = fallback;
        if (attribute.ReadSize(1, MostMemory, ref size) > ValueState.Valid)
        {
            Complain(attribute.Line, attribute.Column, attribute.Name + " is a size from 1 to 1G, as 256K");
        }

        return ((int)size + PageSize - 1) & -PageSize;
    }

    private void CheckAttributes(XmlNode node, string first, string second, string third, string fourth)
    {
        for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
        {
            if (!attribute.Is(first) && !attribute.Is(second) && !attribute.Is(third) && !attribute.Is(fourth))
            {
                Complain(attribute.Line, attribute.Column, "<" + node.Name + "> has no attribute " + attribute.Name);
            }
        }
    }

    private void Complain(int line, int column, string text)
    {
        Faults++;
        _env.Log("config: line " + line.ToString() + ", column " + column.ToString() + ": " + text);
    }
}
