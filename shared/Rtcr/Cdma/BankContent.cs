// What is in a dataspace that moves to a bank.
namespace Tern.Rtcr;

/// <summary>What a dataspace holds when it has been moved to a bank.</summary>
internal enum BankContent
{
    /// <summary>Zeros: the target has just got it.</summary>
    Empty,

    /// <summary>Anything: all of it is written before the target sees it.</summary>
    Any,

    /// <summary>What it held.</summary>
    Kept,
}
