// Two register windows that note every access.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Windows "uart", 20 bytes, and "wide", two pages.</summary>
public sealed class TestRegisters : IIoMemory
{
    /// <summary>Every access, as window, direction, offset and width.</summary>
    public string Accesses { get; set; } = "";

    /// <summary>What the next read answers.</summary>
    public int Value { get; set; }

    public int Find(string name) => name == "uart" ? 0 : name == "wide" ? 1 : -1;

    public int Size(int window) => window == 0 ? 20 : 8192;

    public int Read(int window, int offset, int width)
    {
        Accesses += window + "r" + offset + "/" + width + " ";
        return Value;
    }

    public void Write(int window, int offset, int width, int value)
    {
        Accesses += window + "w" + offset + "/" + width + " ";
        Value = value;
    }
}
