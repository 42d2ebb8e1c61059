// The native library that hw/cosim/build makes of the RTL: where it is, and its functions (hw/cosim/tern_fpga.h).
// Invariant: a library that is missing, or of another interface, is an error that says which command makes it; nothing takes its place.
using System.Runtime.InteropServices;

namespace Tern.HostEmulator;

internal sealed unsafe class RtlLibrary
{
    /// <summary>Names the library's file; without it, the repository around this program is searched.</summary>
    internal const string Variable = "TERN_FPGA_LIBRARY";

    private const int Interface = 1;
    private const string Remedy = "build it with hw/cosim/build";

    private static readonly Lazy<RtlLibrary> Shared = new(() => new RtlLibrary(Find()));

    private readonly nint _handle;

    /// <summary>Loads a library.</summary>
    /// <exception cref="RtlLibraryException">There is none, or it is not this interface's.</exception>
    internal RtlLibrary(string path)
    {
        if (!File.Exists(path))
        {
            throw new RtlLibraryException($"the RTL's native library is missing: there is no {path}; {Remedy}");
        }

        if (!NativeLibrary.TryLoad(path, out _handle))
        {
            throw new RtlLibraryException($"the RTL's native library {path} cannot be loaded on this machine; {Remedy}");
        }

        if (!NativeLibrary.TryGetExport(_handle, "tern_fpga_interface", out nint version) || ((delegate* unmanaged<int>)version)() != Interface)
        {
            throw new RtlLibraryException($"the RTL's native library {path} is of another version; {Remedy}");
        }

        Create = (delegate* unmanaged<int, int, int, int, ulong, int, nint>)Export("create");
        Destroy = (delegate* unmanaged<nint, void>)Export("destroy");
        Memory = (delegate* unmanaged<nint, byte*>)Export("memory");
        DirtyMap = (delegate* unmanaged<nint, byte*, void>)Export("dirty_map");
        Clocks = (delegate* unmanaged<nint, long>)Export("clocks");
        Interrupt = (delegate* unmanaged<nint, int>)Export("interrupt");
        Busy = (delegate* unmanaged<nint, int>)Export("busy");
        Reset = (delegate* unmanaged<nint, void>)Export("reset");
        Exchange = (delegate* unmanaged<nint, byte*, byte*, int, int, void>)Export("exchange");
        Run = (delegate* unmanaged<nint, long, long>)Export("run");
        Fault = (delegate* unmanaged<nint, nint>)Export("fault");
    }

    /// <summary>The library that this process uses.</summary>
    internal static RtlLibrary Instance => Shared.Value;

    internal delegate* unmanaged<int, int, int, int, ulong, int, nint> Create { get; }

    internal delegate* unmanaged<nint, void> Destroy { get; }

    internal delegate* unmanaged<nint, byte*> Memory { get; }

    internal delegate* unmanaged<nint, byte*, void> DirtyMap { get; }

    internal delegate* unmanaged<nint, long> Clocks { get; }

    internal delegate* unmanaged<nint, int> Interrupt { get; }

    internal delegate* unmanaged<nint, int> Busy { get; }

    internal delegate* unmanaged<nint, void> Reset { get; }

    internal delegate* unmanaged<nint, byte*, byte*, int, int, void> Exchange { get; }

    internal delegate* unmanaged<nint, long, long> Run { get; }

    internal delegate* unmanaged<nint, nint> Fault { get; }

    /// <summary>Where the library is, or should be.</summary>
    internal static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
            : InRepository(AppContext.BaseDirectory) ?? InRepository(Environment.CurrentDirectory)
            ?? throw new RtlLibraryException($"the RTL's native library is missing: neither {Variable} nor a repository around "
                + $"{AppContext.BaseDirectory} says where it is; {Remedy}");

    /// <summary>Its place in the first folder upwards that has the build script.</summary>
    private static string? InRepository(string start)
    {
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "hw", "cosim", "build")))
            {
                return Path.Combine(folder, "hw", "build", "cosim", "libtern_fpga.so");
            }
        }

        return null;
    }

    private nint Export(string name) => NativeLibrary.GetExport(_handle, "tern_fpga_" + name);
}
