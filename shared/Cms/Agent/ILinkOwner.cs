// What the agent learns of its way to the manager.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Who uses a <see cref="ManagerLink"/>.</summary>
internal interface ILinkOwner
{
    /// <summary>The DSM is established, requests can be made.</summary>
    void OnLinkReady();

    /// <summary>The way is lost; requests that were not answered are forgotten. It comes back by itself.</summary>
    void OnLinkLost();

    /// <summary>A request is answered.</summary>
    void OnLinkAnswer(int request, Error status, Checkpoint checkpoint);

    /// <summary>A commit is with the manager, or was refused by the broker.</summary>
    void OnLinkCommitted(Error error);
}
