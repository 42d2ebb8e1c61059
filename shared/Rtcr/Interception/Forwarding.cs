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
        string label = Label(call);
        return message.AddText(ServiceOf(call) + target.Name + (label.Length > 0 ? " -> " + label : ""));
    }

    /// <summary>The service that a session request asks for.</summary>
    internal static string ServiceOf(CallRecord request) => Encoding.UTF8.GetString(request.Bytes, 0, request.Words[0]);

    /// <summary>Gives up what a late answer brought for a target that has ended.</summary>
    internal static void Discard(Env env, CallRecord call, Message answer)
    {
        int session = answer.Capability(0);
        bool isSession = call.Opcode == ParentOperation.Session && session != Selectors.Invalid;
        for (int i = isSession ? 1 : 0; i < answer.CapabilityCount; i++)
        {
            env.Release(answer.Capability(i));
        }

        if (isSession)
        {
            env.Close(session);
        }
    }

    private static string Label(CallRecord request)
    {
        int length = request.Words[0];
        return request.Length == length ? "" : Encoding.UTF8.GetString(request.Bytes, length, request.Length - length);
    }
}
