// An SPI bus with two devices that notes every transfer.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Devices "fpga" and "adc". What comes in is the complement of what goes out, as if the device answered at once.</summary>
public sealed class TestSpi : ISpiBus
{
    /// <summary>The longest transfer with "fpga"; "adc" takes 4 bytes.</summary>
    public const int Longest = 1024;

    /// <summary>Every transfer, as device and length.</summary>
    public string Transfers { get; set; } = "";

    /// <summary>Whether the bus fails.</summary>
    public bool Fails { get; set; }

    public int Find(string name) => name == "fpga" ? 0 : name == "adc" ? 1 : -1;

    public int ClockHz(int device) => device == 0 ? 26000000 : 1000000;

    public int LongestTransfer(int device) => device == 0 ? Longest : 4;

    public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
    {
        Transfers += device + "/" + length + " ";
        for (int i = 0; i < length; i++)
        {
            input[inAt + i] = (byte)~output[outAt + i];
        }

        return !Fails;
    }
}
