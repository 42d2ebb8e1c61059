// The driver's configuration:
//   <config spi="fpga" interrupt="fpga" memory="1M" frames="16"> <policy label_prefix="rtcr" memory="256K"/> </config>
// What is not understood is told; its default is used, and a policy that is not understood permits nothing.

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

    private readonly ConfigReader _reader;
    private readonly LabelPolicies _policies = new LabelPolicies(MaxPolicies);
    private readonly int[] _memory = new int[MaxPolicies];

    internal FpgaDriverConfig(ConfigReader reader)
    {
        _reader = reader;
    }

    /// <summary>The device on the SPI bus.</summary>
    internal string Spi { get; private set; } = "fpga";

    /// <summary>The interrupt by its name; empty for none.</summary>
    internal string Interrupt { get; private set; } = "fpga";

    /// <summary>Bytes of the co-processor's memory that are given to sessions.</summary>
    internal int Memory { get; private set; } = 1024 * 1024;

    /// <summary>Pages of the banks that are in the board's memory at a time.</summary>
    internal int Frames { get; private set; } = 16;

    /// <summary>The most bytes that a client's session may have; 0 when no policy permits one. See <see cref="LabelPolicies"/>.</summary>
    internal int MemoryOf(string label)
    {
        int row = _policies.Find(label);
        return row == LabelPolicies.None ? 0 : _memory[row];
    }

    /// <summary>Reads a whole configuration.</summary>
    /// <param name="root">The root element; an invalid one says nothing, so that no client gets a session.</param>
    internal void Read(XmlNode root)
    {
        _reader.Know(root, "spi interrupt memory frames", "policy");
        Spi = root.Attribute("spi", Spi);
        Interrupt = root.Attribute("interrupt", Interrupt);
        Memory = Pages(_reader.Size(root, "memory", 1, MostMemory, Memory));
        Frames = _reader.Number(root, "frames", LeastFrames, MostFrames, Frames);
        for (XmlNode node = root.Child("policy"); node.IsValid; node = node.NextNamed("policy"))
        {
            ReadPolicy(node);
        }
    }

    private static int Pages(int bytes) => (bytes + PageSize - 1) & -PageSize;

    private void ReadPolicy(XmlNode node)
    {
        int row = _policies.Add(node, _reader, "memory");
        int memory = _reader.Size(node, "memory", 1, MostMemory, 0);
        if (!node.HasAttribute("memory"))
        {
            _reader.Needs(node, "memory", "256K");
        }

        if (row != LabelPolicies.None)
        {
            _memory[row] = Pages(memory);
        }
    }
}
