// A component that does what its configuration says, and tells the log what came of it.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>
/// Acts in the order of its configuration's elements: <c>announce</c>, <c>call</c> and <c>open</c> a service (with a label; with
/// <c>close="yes"</c> the session is closed as soon as it is there), <c>exit</c> with a value, <c>fault</c>. With an
/// attribute <c>after</c> it waits that many milliseconds before.
/// </summary>
internal sealed class Actor : Program
{
    private const int Now = 1;

    public override void Construct(Env env)
    {
        XmlNode config = Config(env);
        long after = 0;
        config.Attribute("after").Read(ref after);
        env.Log("hello " + config.Attribute("say", ""));
        if (after == 0)
        {
            Act(env, config);
            return;
        }

        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Now));
        timer.TriggerOnce(after * 1000);
    }

    public override void OnSignal(Env env, int label, int count) => Act(env, Config(env));

    public override Error OnOpen(Env env, int session, Message request)
    {
        env.Log("opened by " + request.Text + ", argument " + request.Word(2));
        return request.Text == "refused" ? Error.NotPermitted : Error.None;
    }

    public override void OnClose(Env env, int session) => env.Log("closed");

    public override Error OnRequest(Env env, int label, Message request)
    {
        request.Add(request.Word(0) + 1);
        return Error.None;
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label >= 1000)
        {
            env.Log("answer " + answer.Word(0) + ": " + Errors.Name(error));
            return;
        }

        int session = answer.Capability(0);
        XmlNode action = Config(env).FirstChild;
        while (--label > 0)
        {
            action = action.Next;
        }

        env.Log("open " + action.Attribute("name", "") + ": " + Errors.Name(error));
        if (error == Error.None && action.Attribute("close", "") == "yes")
        {
            env.Log("close: " + Errors.Name(env.Close(session)));
        }
        else if (error == Error.None)
        {
            env.Send(session, env.Compose(1).Add(41), 1000);
        }
    }

    private static XmlNode Config(Env env)
    {
        int session = env.Connect("ROM", "config", 0, 0, 0);
        string text = new RomSession(env, session).ReadText(XmlLimits.Bytes, out Error _);
        env.Close(session);
        return XmlNode.TryParse(text, out XmlNode root, out XmlFault _) ? root : default;
    }

    private static void Act(Env env, XmlNode config)
    {
        int number = 1;
        for (XmlNode action = config.FirstChild; action.IsValid; action = action.Next)
        {
            Act(env, action, number++);
        }
    }

    private static void Act(Env env, XmlNode action, int number)
    {
        string name = action.Attribute("name", "");
        string label = action.Attribute("label", "");
        int value = 0;
        action.Attribute("value").Read(ref value);
        if (action.Is("announce"))
        {
            env.Log("announce " + name + ": " + Errors.Name(env.Announce(name, 16)));
        }
        else if (action.Is("call"))
        {
            int session = env.Connect(name, label, 0, 0, value);
            env.Log("call " + name + ": " + Errors.Name(env.LastError));
            if (action.Attribute("close", "") == "yes" && session != 0)
            {
                env.Log("close: " + Errors.Name(env.Close(session)));
            }
        }
        else if (action.Is("open"))
        {
            env.Open(name, label, number);
        }
        else if (action.Is("exit"))
        {
            env.Exit(value);
        }
        else if (action.Is("fault"))
        {
            env.Memory.ReadInt32(0);
        }
    }
}
