// A protection domain's budgets, as its PD session tells them.
namespace Tern.Kernel;

/// <summary>RAM and capability budgets.</summary>
public struct Quota
{
    /// <summary>Bytes that the domain may use.</summary>
    public long RamQuota;

    /// <summary>Bytes that it uses.</summary>
    public long RamUsed;

    /// <summary>Capabilities that the domain may hold.</summary>
    public int CapQuota;

    /// <summary>Capabilities that it holds.</summary>
    public int CapUsed;
}
