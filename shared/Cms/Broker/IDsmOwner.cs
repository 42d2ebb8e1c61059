// What the manager learns of a DSM.
namespace Tern.Cms;

/// <summary>Who reads a DSM.</summary>
internal interface IDsmOwner
{
    /// <summary>A commit can be read.</summary>
    void OnCommit(DsmReader dsm);
}
