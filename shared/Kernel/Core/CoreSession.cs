// The shape of core's sessions: core's side of one client's use of one of its services.
// Invariant: in messages of core, capabilities are object identities (0 for none), never selectors.
namespace Tern.Kernel;

/// <summary>One session of a service of core.</summary>
internal abstract partial class CoreSession
{
    protected CoreSession(Core core, Task client, string label)
    {
        Core = core;
        Client = client;
        Label = label;
    }

    internal Core Core { get; }

    /// <summary>Who opened the session; with it the session ends.</summary>
    internal Task Client { get; }

    /// <summary>The session's label: the components on the way from core, joined by arrows.</summary>
    internal string Label { get; }

    /// <summary>The number among core's sessions.</summary>
    internal int Index;

    /// <summary>The sessions that the same client opened before and after this one.</summary>
    internal CoreSession? NextOfClient;
    internal CoreSession? PreviousOfClient;

    /// <summary>The identity of the session's gate.</summary>
    internal int Gate;

    /// <summary>The last part of a label, which the client itself wrote: names what it wants of the service.</summary>
    protected static string LastOf(string label)
    {
        const string arrow = " -> ";
        int at = label.LastIndexOf(arrow);
        return at < 0 ? label : label.Substring(at + arrow.Length);
    }

    /// <summary>What the client has donated; core keeps it until the session ends.</summary>
    internal long DonatedRam { get; private set; }

    internal int DonatedCaps { get; private set; }

    /// <summary>Takes a donation from the client.</summary>
    internal virtual Error Donate(int ram, int caps)
    {
        Error error = Client.MayGive(ram, caps);
        if (error == Error.None)
        {
            Task.Give(Client, Core.Task, ram, caps);
            DonatedRam += ram;
            DonatedCaps += caps;
        }

        return error;
    }

    /// <summary>Gives back what the client has donated.</summary>
    internal void ReturnDonation()
    {
        Task.Give(Core.Task, Client, DonatedRam, DonatedCaps);
        DonatedRam = 0;
        DonatedCaps = 0;
    }

    internal abstract Error Request(Task caller, Message message);

    /// <summary>Somebody triggered a signal context of the session.</summary>
    internal virtual void OnSignal()
    {
    }

    internal virtual void Close()
    {
    }
}
