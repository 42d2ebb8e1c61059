// A component's environment: sessions, as a client and as a server.
namespace Tern.Kernel;

public sealed partial class Env
{
    /// <summary>Opens a session that the parent or core answers at once.</summary>
    /// <returns>Its selector; 0 with <see cref="LastError"/>: MustSend when a sibling serves it (see <see cref="Open(string, string, int)"/>).</returns>
    public int Connect(string service) => Connect(service, "", 0, 0, 0);

    /// <summary>Opens a session that the parent or core answers at once.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="label">The session's label; parents put their children's names before it.</param>
    /// <param name="ram">RAM to donate, in bytes.</param>
    /// <param name="caps">Capabilities to donate.</param>
    /// <param name="argument">The service's own argument, such as an interrupt line.</param>
    public int Connect(string service, string label, int ram, int caps, int argument)
    {
        Message message = SessionRequest(service, label, ram, caps, argument);
        LastError = Call(Selectors.Parent, message);
        return LastError == Error.None ? message.Capability(0) : Selectors.Invalid;
    }

    /// <summary>Opens a PD session: makes a protection domain below this one, with a part of this one's budget.</summary>
    /// <param name="label">The new component's name.</param>
    /// <param name="ram">Its RAM, in bytes.</param>
    /// <param name="caps">Its capabilities.</param>
    /// <param name="native">The domain's native interface (see <see cref="NativePd"/>).</param>
    /// <returns>The session's selector; 0 with <see cref="LastError"/>.</returns>
    public int ConnectPd(string label, int ram, int caps, out int native)
    {
        Message message = SessionRequest("PD", label, ram, caps, 0);
        LastError = Call(Selectors.Parent, message);
        native = message.Capability(1);
        return LastError == Error.None ? message.Capability(0) : Selectors.Invalid;
    }

    /// <summary>Opens a CPU session with a part of what this component has of the processor.</summary>
    /// <param name="label">The session's label.</param>
    /// <param name="space">An affinity space; 0 with the location 0 for all.</param>
    /// <param name="location">A location in it (see <see cref="Affinity"/>).</param>
    /// <param name="share">Hundredths of a percent of this component's time; 0 for no limit of its own.</param>
    /// <param name="priorities">How many priorities its threads may have, from 0 on; 0 for all that this component has.</param>
    /// <returns>The session's selector; 0 with <see cref="LastError"/>: BadArgument when the location is not in the space, or the share more than all;
    /// NotPermitted when this component has not so many priorities itself.</returns>
    public int ConnectCpu(string label, int space, int location, int share, int priorities)
    {
        // What does not fit into its half is too much anyhow; core says so.
        int part = (uint)share < 0xffff ? share : 0xffff;
        Message message = SessionRequest("CPU", label, 0, 0, space).Add(location).Add(part | (priorities << 16));
        LastError = Call(Selectors.Parent, message);
        return LastError == Error.None ? message.Capability(0) : Selectors.Invalid;
    }

    /// <summary>Asks for a session of any service; the answer comes to <see cref="Program.OnReply"/>, the session as its first capability.</summary>
    public Error Open(string service, string label, int replyLabel)
        => Send(Selectors.Parent, SessionRequest(service, label, 0, 0, 0), replyLabel);

    /// <summary>Asks for a session of any service, with a donation; the answer comes to <see cref="Program.OnReply"/>.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="label">The session's label.</param>
    /// <param name="ram">RAM to donate, in bytes.</param>
    /// <param name="caps">Capabilities to donate.</param>
    /// <param name="argument">The service's own argument.</param>
    /// <param name="replyLabel">0 or more; what the answer is known by.</param>
    public Error OpenWith(string service, string label, int ram, int caps, int argument, int replyLabel)
        => Send(Selectors.Parent, SessionRequest(service, label, ram, caps, argument), replyLabel);

    /// <summary>Donates to an open session that the parent or core serves. What is donated returns when the session is closed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ram">Bytes of RAM.</param>
    /// <param name="caps">Capabilities.</param>
    /// <returns>MustSend when a sibling serves the session; OutOfRam or OutOfCaps when this component has not that much to spare.</returns>
    public Error Upgrade(int session, int ram, int caps) => Call(Selectors.Parent, UpgradeRequest(session, ram, caps));

    /// <summary>Donates to any open session; the outcome comes to <see cref="Program.OnReply"/> with the label.</summary>
    public Error Upgrade(int session, int ram, int caps, int replyLabel)
        => Send(Selectors.Parent, UpgradeRequest(session, ram, caps), replyLabel);

    /// <summary>Bytes of RAM that the client of a session has donated to it.</summary>
    /// <param name="session">The address of the session's record.</param>
    public int DonatedRam(int session) => new ServedSessions(Memory).DonatedRam(session);

    /// <summary>Capabilities that the client of a session has donated to it.</summary>
    /// <param name="session">The address of the session's record.</param>
    public int DonatedCaps(int session) => new ServedSessions(Memory).DonatedCaps(session);

    /// <summary>Closes a session and gives its capability up.</summary>
    public Error Close(int session)
    {
        // A sibling's session takes a while to end; nobody waits for that answer.
        Error error = Call(Selectors.Parent, Compose(ParentOperation.Close).AddCapability(session));
        if (error == Error.MustSend)
        {
            error = _kernel.Ipc.Send(
                _task, Selectors.Parent, Compose(ParentOperation.Close).AddCapability(session), IgnoredReply, _kernel.Ipc.Current.Thread!);
        }

        Release(session);
        return error;
    }

    /// <summary>Offers a service to the component's parent.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="recordSize">Bytes of memory for each client's session record.</param>
    public Error Announce(string service, int recordSize) => Announce(service, recordSize, 0);

    /// <summary>Offers one of several services to the component's parent.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="recordSize">Bytes of memory for each client's session record.</param>
    /// <param name="number">What <see cref="ServiceOf"/> answers for its sessions.</param>
    public Error Announce(string service, int recordSize, int number) => Announce(service, recordSize, number, Selectors.Invalid);

    /// <summary>Offers a service whose sessions are opened, used and closed in one of the component's entrypoints.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="recordSize">Bytes of memory for each client's session record.</param>
    /// <param name="number">What <see cref="ServiceOf"/> answers for its sessions.</param>
    /// <param name="entrypoint">See <see cref="Entrypoint"/>; <see cref="Selectors.Invalid"/> for the first one.</param>
    public Error Announce(string service, int recordSize, int number, int entrypoint)
    {
        int record = Allocate(ServedSessions.ServiceSize);
        int root = record == 0 ? Selectors.Invalid : Gate(-record, entrypoint);
        if (root == Selectors.Invalid)
        {
            return record == 0 ? Error.OutOfRam : LastError;
        }

        new ServedSessions(Memory).AddService(record, recordSize, root, number, entrypoint);
        return Call(Selectors.Parent, Compose(ParentOperation.Announce).AddText(service).AddCapability(root));
    }

    /// <summary>Walks the sessions of this component's clients.</summary>
    /// <param name="session">The address of a session's record; 0 to begin.</param>
    /// <returns>The address of the next one's; 0 at the end.</returns>
    public int NextSession(int session) => new ServedSessions(Memory).Next(session);

    /// <summary>The number that the service of a client's session was announced with.</summary>
    /// <param name="session">The address of the session's record.</param>
    public int ServiceOf(int session) => new ServedSessions(Memory).Number(session);

    /// <summary>Tells the parent that the component has done its work. It is not entered again.</summary>
    /// <param name="value">0 for success.</param>
    public void Exit(int value) => Call(Selectors.Parent, Compose(ParentOperation.Exit).Add(value));

    private const int IgnoredReply = -1;

    private Message UpgradeRequest(int session, int ram, int caps)
        => Compose(ParentOperation.Upgrade).Add(ram).Add(caps).AddCapability(session).AddCapability(Selectors.Pd);

    private Message SessionRequest(string service, string label, int ram, int caps, int argument)
        => Compose(ParentOperation.Session)
            .Add(service.Length).Add(ram).Add(caps).Add(argument)
            .AddText(service + label)
            .AddCapability(Selectors.Pd);
}
