// Who plays a co-processor's core.
namespace Tern.HostEmulator;

/// <summary>A kind of core.</summary>
public enum FpgaCoreKind
{
    /// <summary>The behavioural model in C#.</summary>
    Model,

    /// <summary>The RTL itself, as a native library that Verilator made.</summary>
    Rtl,
}
