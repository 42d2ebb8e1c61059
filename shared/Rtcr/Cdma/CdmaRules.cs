// How much of its targets' memory an RTCR keeps beside the co-processor, as <cdma> says. docs/rtcr.md is the reference.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>What the module cdma is to do.</summary>
internal sealed class CdmaRules
{
    /// <summary>Banks begin and end at multiples of this (see <see cref="CopyEngineOperation.Bank"/>).</summary>
    private const int BankUnit = 4096;

    private const int MostMemory = 64 * 1024 * 1024;

    /// <summary>Bytes for each target's memory beside the co-processor, and as many again for its copy; 0 for none.</summary>
    internal int Memory;

    /// <summary>How long in milliseconds the first targets wait for the co-processor's driver before they begin without it.</summary>
    internal int WaitMilliseconds = 1000;

    /// <summary>How long in milliseconds a checkpoint's copies may take before the processor makes them.</summary>
    internal int TimeoutMilliseconds = 5000;

    /// <summary>Whether the module is switched on.</summary>
    internal bool IsOn => Memory > 0;

    /// <summary>Reads the element; an invalid one leaves the module off.</summary>
    internal void Read(XmlNode node, ConfigReader reader)
    {
        reader.Know(node, "memory wait_ms timeout_ms", "");
        if (node.IsValid && !node.HasAttribute("memory"))
        {
            reader.Needs(node, "memory", "64K");
        }

        int memory = reader.Size(node, "memory", 0, MostMemory, Memory);
        Memory = (memory + BankUnit - 1) & ~(BankUnit - 1);
        WaitMilliseconds = reader.Number(node, "wait_ms", 1, TargetRules.LongestMilliseconds, WaitMilliseconds);
        TimeoutMilliseconds = reader.Number(node, "timeout_ms", 1, TargetRules.LongestMilliseconds, TimeoutMilliseconds);
    }
}
