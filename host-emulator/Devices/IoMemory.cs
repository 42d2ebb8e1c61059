// The register windows of a virtual board.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Devices by the names of their windows.</summary>
public sealed class IoMemory : IIoMemory
{
    private readonly List<(string Name, IRegisters Device)> _windows = [];

    /// <summary>Adds a device.</summary>
    public void Add(string window, IRegisters device) => _windows.Add((window, device));

    /// <summary>The device behind a window.</summary>
    public IRegisters Device(string window) => _windows[Find(window)].Device;

    /// <inheritdoc/>
    public int Find(string name) => _windows.FindIndex(window => window.Name == name);

    /// <inheritdoc/>
    public int Size(int window) => _windows[window].Device.Size;

    /// <inheritdoc/>
    public int Read(int window, int offset, int width) => _windows[window].Device.Read(offset, width);

    /// <inheritdoc/>
    public void Write(int window, int offset, int width, int value) => _windows[window].Device.Write(offset, width, value);

    /// <summary>The board is switched on.</summary>
    public void Reset() => _windows.ForEach(window => window.Device.Reset());
}
