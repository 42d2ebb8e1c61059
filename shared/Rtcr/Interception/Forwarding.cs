// How a remembered call looks on its way to the real service: as the target sent it, but with the real objects in place
// of RTCR's gates, and with the target's name in the label of a session request.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Composes calls for real services.</summary>
internal static class Forwarding
{
    /// <summary>Composes a call, while the target runs or to make something again.</summary>
    internal static Message Compose(Env env, Target target, CallRecord call)
    {
        bool opensSession = target.Storage.Kind(call.Session) == ObjectKind.Parent && call.Opcode == ParentOperation.Session;
        if (!opensSession)
        {
            return call.Compose(env, target.Storage);
        }

        Message message = env.Compose(call.Opcode);
        call.AddTo(message, target.Storage);
        return message.AddText(ServiceOf(call) + LabelFor(target, call));
    }

    /// <summary>Composes a call that is sent to somebody else than an ancestor: the target's own gates leave it wrapped.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="serving">What wraps.</param>
    /// <param name="target">The target.</param>
    /// <param name="call">The call.</param>
    /// <param name="root">The root of another target's service that a session request goes to; invalid for anything else.</param>
    /// <param name="message">The message.</param>
    /// <returns>Why a gate cannot leave.</returns>
    internal static Error ComposeLeaving(Env env, Serving serving, Target target, CallRecord call, int root, out Message message)
    {
        message = null!;
        var leaving = new Answered();
        for (int i = 0; i < call.ObjectCount; i++)
        {
            Error error = Error.None;
            leaving.Add(call.Objects[i] < 0 ? Selectors.Invalid : serving.References.Leaving(target, call.Objects[i], out error));
            if (error != Error.None)
            {
                return error;
            }
        }

        bool opensSession = target.Storage.Kind(call.Session) == ObjectKind.Parent && call.Opcode == ParentOperation.Session;
        bool isLocal = root != Selectors.Invalid;
        message = env.Compose(isLocal ? RootOperation.Create : call.Opcode);
        for (int i = isLocal ? 1 : 0; i < call.WordCount; i++)
        {
            message.Add(call.Words[i]);
        }

        if (!isLocal)
        {
            leaving.AddTo(message);
        }

        if (opensSession)
        {
            message.AddText((isLocal ? "" : ServiceOf(call)) + LabelFor(target, call));
        }
        else
        {
            message.AddBytes(call.Bytes, 0, call.Length);
        }

        return Error.None;
    }

    /// <summary>The label under which a target's session is known to its server.</summary>
    internal static string LabelFor(Target target, CallRecord request)
    {
        string label = Label(request);
        return target.Name + (label.Length > 0 ? " -> " + label : "");
    }

    /// <summary>The service that a session request asks for.</summary>
    internal static string ServiceOf(CallRecord request) => Encoding.UTF8.GetString(request.Bytes, 0, request.Words[0]);

    /// <summary>Gives up what a late answer brought for a target that has ended.</summary>
    internal static void Discard(Env env, Serving serving, CallRecord call, Message answer)
    {
        int session = answer.Capability(0);
        bool isSession = call.Opcode == ParentOperation.Session && session != Selectors.Invalid;
        for (int i = isSession ? 1 : 0; i < answer.CapabilityCount; i++)
        {
            env.Release(answer.Capability(i));
        }

        if (isSession)
        {
            serving.Close(session, false);
        }
    }

    private static string Label(CallRecord request)
    {
        int length = request.Words[0];
        return request.Length == length ? "" : Encoding.UTF8.GetString(request.Bytes, length, request.Length - length);
    }
}
