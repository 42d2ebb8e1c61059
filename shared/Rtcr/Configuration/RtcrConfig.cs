// What RTCR's configuration says beside the attributes of the thesis's listing 5.3, which are the CMS agent's: which targets
// there are, when to checkpoint them, and when to call for migration. A configuration as printed there has none of it.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>What an RTCR is to do.</summary>
internal sealed class RtcrConfig
{
    private const int DefaultTargetRam = 1024 * 1024;
    private const int DefaultTargetCaps = 50;

    /// <summary>Bytes beside the target's RAM that an image may need for everything but memory.</summary>
    private const int ImageOverhead = 64 * 1024;

    /// <summary>The name in log lines.</summary>
    internal string Name = "rtcr";

    /// <summary>Time between two checkpoints in microseconds; 0 for only the first one.</summary>
    internal long PeriodMicroseconds;

    /// <summary>When to call for migration, in microseconds after the first checkpoint was stored; 0 for never.</summary>
    internal long MigrateMicroseconds;

    /// <summary>The target that is called for; empty for the first.</summary>
    internal string MigrateTarget = "";

    /// <summary>The longest time in microseconds that a migration waits for answers the target is owed.</summary>
    internal long DrainMicroseconds = 500_000;

    /// <summary>Bytes for each target's image.</summary>
    internal int ImageSize;

    /// <summary>How many targets this RTCR has room for.</summary>
    internal int Slots = 2;

    /// <summary>The targets to start.</summary>
    internal readonly TargetConfig[] Targets = new TargetConfig[4];
    internal int TargetCount;

    /// <summary>What is wrong with the configuration; empty when all is well.</summary>
    internal string Problem = "";

    /// <summary>Reads a configuration.</summary>
    /// <param name="config">RTCR's <c>config</c> node.</param>
    internal void Read(XmlNode config)
    {
        Name = config.Attribute("name", Name);
        ReadMilliseconds(config.Child("checkpoint").Attribute("period_ms"), ref PeriodMicroseconds);
        XmlNode migrate = config.Child("migrate");
        ReadMilliseconds(migrate.Attribute("after_ms"), ref MigrateMicroseconds);
        ReadMilliseconds(migrate.Attribute("drain_ms"), ref DrainMicroseconds);
        MigrateTarget = migrate.Attribute("target", "");
        XmlNode dsm = config.Child("dsm");
        Check(dsm.Attribute("slots"), dsm.Attribute("slots").Read(1, Targets.Length, ref Slots));
        ReadTargets(config);
        ReadImageSize(dsm.Attribute("image_size"));
    }

    private void ReadTargets(XmlNode config)
    {
        for (XmlNode start = config.Child("start"); start.IsValid; start = start.NextNamed("start"))
        {
            if (TargetCount == Targets.Length)
            {
                Complain(start.Line, start.Column, "more targets than an RTCR can watch");
                return;
            }

            TargetConfig target = new TargetConfig();
            target.Name = start.Attribute("name", "");
            target.Binary = start.Child("binary").Attribute("name", target.Name);
            long ram = DefaultTargetRam;
            XmlAttr quantum = start.Child("resource").Attribute("quantum");
            Check(quantum, quantum.ReadSize(1, int.MaxValue, ref ram));
            target.Ram = (int)ram;
            Check(start.Attribute("caps"), start.Attribute("caps").Read(1, int.MaxValue, ref target.Caps));
            Check(start.Attribute("priority"), start.Attribute("priority").Read(0, Priorities.Count - 1, ref target.Priority));
            XmlNode own = start.Child("config");
            target.Config = own.IsValid ? own.Raw : "<config/>";
            if (target.Name.Length == 0)
            {
                Complain(start.Line, start.Column, "a target needs a name");
                return;
            }

            Targets[TargetCount++] = target;
        }

        // The thesis's RTCR has no target in its configuration; ours then counts sheep under the RTCR's own name.
        if (TargetCount == 0)
        {
            Targets[TargetCount++] = new TargetConfig { Name = Name, Binary = "sheep_counter" };
        }
    }

    private void ReadImageSize(XmlAttr attribute)
    {
        long size = ImageOverhead;
        for (int i = 0; i < TargetCount; i++)
        {
            long needed = (long)Targets[i].Ram + ImageOverhead;
            size = needed > size ? needed : size;
        }

        Check(attribute, attribute.ReadSize(4096, int.MaxValue / Slots, ref size));
        size = (size + 0xffff) & ~0xffffL;
        if (size * Slots > int.MaxValue)
        {
            Problem = "the targets' RAM is more than images can hold";
            return;
        }

        ImageSize = (int)size;
    }

    private void ReadMilliseconds(XmlAttr attribute, ref long microseconds)
    {
        int milliseconds = 0;
        ValueState state = attribute.Read(0, int.MaxValue, ref milliseconds);
        Check(attribute, state);
        microseconds = state == ValueState.Valid ? milliseconds * 1000L : microseconds;
    }

    private void Check(XmlAttr attribute, ValueState state)
    {
        if (state == ValueState.Malformed || state == ValueState.OutOfRange)
        {
            Complain(attribute.Line, attribute.Column, attribute.Name + "=\"" + attribute.Value + "\" is "
                + (state == ValueState.Malformed ? "malformed" : "out of its range"));
        }
    }

    private void Complain(int line, int column, string text)
    {
        if (Problem.Length == 0)
        {
            Problem = "line " + line + ", column " + column + ": " + text;
        }
    }

    /// <summary>A target to be started.</summary>
    internal sealed class TargetConfig
    {
        internal string Name = "";
        internal string Binary = "";
        internal string Config = "<config/>";
        internal int Ram = DefaultTargetRam;
        internal int Caps = DefaultTargetCaps;
        internal int Priority = Priorities.Default;
    }
}
