// Requests: what was sent and waits for its answer, be it queued, kept by its server or answered (rule "run to completion").
// Invariant: a request is answered once, and its row is free as soon as nobody waits for it.
namespace Tern.Kernel;

internal sealed partial class Ipc
{
    /// <summary>Posts a request; its answer comes as an event to one of the caller's threads.</summary>
    internal Error Send(Task caller, int selector, Message message, int replyLabel, Thread client)
    {
        _kernel.Cross(caller);
        if (message.Out.Overflow)
        {
            return Error.MessageTooLong;
        }

        int id = caller.Capabilities.Lookup(selector, ObjectType.Gate);
        if (id == 0)
        {
            return caller.Capabilities.Reason(selector);
        }

        Thread? server = _kernel.Gates.Thread(_kernel.Objects.Index(id));
        if (server != null && server.Task.Fault != Error.None)
        {
            return Error.Faulted;
        }

        int row = Create(caller);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, id, replyLabel);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Send, Current.Thread, _kernel.Tracer.SubjectOf(server), message.Out.Opcode, replyLabel);
        }

        if (server == null)
        {
            // What core left in the message is the answer's and names identities: none of that is the program's yet.
            Complete(row, AskCore(caller, _kernel.Objects.Index(id), message), null, message.Out);
            message.In.Clear(0);
            message.Out.Clear(0);
        }
        else
        {
            Store(row, caller, message.Out);
            Queue(row, server);
        }

        return Error.None;
    }

    /// <summary>Posts a request of, or to, a task that is being restored. Capabilities in the content are identities.</summary>
    /// <param name="client">The thread that gets the answer, of the task or of its parent; <c>null</c> when there is none.</param>
    /// <param name="task">The task.</param>
    /// <param name="gateId">Whom it asks; 0 when the gate of a request that is kept has ended.</param>
    /// <param name="replyLabel">What it knows the answer by.</param>
    /// <param name="content">What it asks.</param>
    /// <param name="server">The thread that the request waits for, or whose task keeps it.</param>
    /// <param name="token">The token under which that task keeps the request; 0 when it has not begun with it.</param>
    internal Error Post(Thread? client, Task task, int gateId, int replyLabel, MessageBuffer content, Thread? server, int token)
    {
        if (server == null || client == null || (client.Task != task && server.Task != task))
        {
            return Error.BadArgument;
        }

        int row = Create(client.Task);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, gateId, replyLabel);
        Store(row, null, content);
        if (token > 0)
        {
            _requests.SetServer(row, server);
            _requests.SetTaken(row, token);
        }
        else
        {
            Queue(row, server);
        }

        return Error.None;
    }

    /// <summary>Posts an answer that a task which is being restored waits for.</summary>
    internal Error PostAnswer(Thread? client, int replyLabel, Error outcome, MessageBuffer content)
    {
        if (client == null)
        {
            return Error.BadArgument;
        }

        int row = Create(client.Task);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, 0, replyLabel);
        Complete(row, outcome, null, content);
        return Error.None;
    }

    /// <summary>Keeps the request that is being handled; its token answers it later.</summary>
    internal int Defer()
    {
        Activation current = Current;
        if (current.Request == 0)
        {
            return 0;
        }

        current.Deferred = true;
        return _requests.Token[current.Request];
    }

    /// <summary>Answers a deferred request.</summary>
    internal Error Reply(Task server, int token, Error error, Message message)
    {
        _kernel.Cross(server);
        int row = _requests.FindTaken(server, token);
        if (row == 0 || error == Error.Deferred)
        {
            return row == 0 ? Error.NotFound : Error.BadArgument;
        }

        Complete(row, message.Out.Overflow ? Error.MessageTooLong : error, server, message.Out);
        return Error.None;
    }

    /// <summary>Ends all requests that a task sent or was to answer.</summary>
    /// <param name="task">The task.</param>
    /// <param name="only">The one of its threads that is meant; <c>null</c> for all.</param>
    internal void Abandon(Task task, Thread? only)
    {
        // First as the server: what it asked itself is then an answer, and ended as such.
        Refuse(task, only, Error.Gone);
        for (int row = 1; row <= _requests.Capacity && task.Requests > 0; row++)
        {
            if (_requests.State(row) != RequestState.Free && IsOf(_requests.Client[row], task, only))
            {
                AbandonByClient(row, _requests.Client[row]!);
            }
        }
    }

    /// <summary>Answers everybody who waits for a task with an error.</summary>
    internal void Refuse(Task task, Thread? only, Error error)
    {
        for (int row = 1; row <= _requests.Capacity && task.Asked > 0; row++)
        {
            RequestState state = _requests.State(row);
            if ((state == RequestState.Queued || state == RequestState.Taken) && IsOf(_requests.Server[row], task, only))
            {
                _kernel.Events.Remove(_requests.Server[row]!, row);
                Complete(row, error, task, null);
            }
        }
    }

    private static bool IsOf(Thread? thread, Task task, Thread? only) => thread != null && thread.Task == task && (only == null || thread == only);

    private void AbandonByClient(int row, Thread client)
    {
        switch (_requests.State(row))
        {
            case RequestState.Queued:
                _kernel.Events.Remove(_requests.Server[row]!, row);
                Free(row);
                break;
            case RequestState.Answered:
                _kernel.Events.Remove(client, row);
                Free(row);
                break;
            default:
                client.Task.Requests--;
                _requests.Client[row] = null;
                break;
        }
    }

    /// <summary>Makes a request an answer and queues it at the client. Core (no server) answers with identities.</summary>
    private void Complete(int row, Error error, Task? server, MessageBuffer? answer)
    {
        Thread? client = _requests.Client[row];
        if (client == null)
        {
            _requests.Destroy(row);
            return;
        }

        if (answer == null)
        {
            _requests.Content(row).Clear(0);
        }
        else
        {
            Store(row, server, answer);
        }

        _requests.Outcome[row] = error;
        _requests.SetAnswered(row);
        _kernel.Events.AddRequest(client, row);
        _kernel.Ready.Add(client);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Reply, client, server == null ? 0 : _kernel.Tracer.SubjectOf(_kernel.Tracer.Running), (int)error, _requests.ReplyLabel[row]);
        }
    }

    private void Free(int row)
    {
        Thread? client = _requests.Client[row];
        if (client != null)
        {
            client.Task.Requests--;
        }

        _requests.Destroy(row);
    }

    /// <summary>Takes a row of the request table for a task; 0 when it has as many as it may, or the table is full.</summary>
    private int Create(Task client) => client.Requests < _kernel.Profile.MaxRequestsPerTask ? _requests.Create() : 0;

    private void Claim(int row, Thread client, int gateId, int replyLabel)
    {
        client.Task.Requests++;
        _requests.Client[row] = client;
        _requests.ReplyLabel[row] = replyLabel;
        _requests.Gate[row] = gateId;
        _requests.GateBadge[row] = _kernel.Objects.Badge(gateId);
        Claimed(row);
    }

    // The emulator notes when a request was sent.
    partial void Claimed(int row);

    private void Queue(int row, Thread server)
    {
        _requests.SetServer(row, server);
        _kernel.Events.AddRequest(server, row);
        _kernel.Ready.Add(server);
    }
}
