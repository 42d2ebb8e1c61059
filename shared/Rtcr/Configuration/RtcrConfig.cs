// What RTCR's configuration says beside the attributes of the thesis's listing 5.3, which are the CMS agent's: which targets
// there are, when to checkpoint and to migrate them, and who may ask for that. A configuration as printed there has none of
// it. docs/rtcr.md is the reference.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>What an RTCR is to do.</summary>
internal sealed class RtcrConfig : ITargetPolicy
{
    /// <summary>Most targets that one RTCR watches.</summary>
    internal const int MostTargets = 4;

    private const string Elements = "dsm migrate cdma policy start " + TargetRules.Elements + " " + NetworkConfig.Elements;

    /// <summary>Bytes beside the target's RAM that an image may need for everything but memory.</summary>
    private const int ImageOverhead = 64 * 1024;

    /// <summary>The name in log lines.</summary>
    internal string Name = "rtcr";

    /// <summary>The rules of a target that has none of its own.</summary>
    internal readonly TargetRules Defaults = new TargetRules();

    /// <summary>When to call for migration.</summary>
    internal readonly MigrationRules Migration = new MigrationRules();

    /// <summary>What a co-processor does for the checkpoints.</summary>
    internal readonly CdmaRules Cdma = new CdmaRules();

    /// <summary>Who may ask.</summary>
    internal readonly ClientPolicies Policies = new ClientPolicies();

    /// <summary>Bytes for each target's image.</summary>
    internal int ImageSize;

    /// <summary>The highest priority that RTCR itself may have, and so its targets.</summary>
    internal int MostUrgent = Priorities.Count - 1;

    /// <summary>How many targets this RTCR has room for.</summary>
    internal int Slots = 2;

    /// <summary>The targets to start.</summary>
    internal readonly TargetConfig[] Targets = new TargetConfig[MostTargets];
    internal int TargetCount;

    /// <summary>Reads a configuration.</summary>
    /// <param name="config">RTCR's <c>config</c> node; an invalid one says nothing.</param>
    /// <param name="reader">Where complaints go.</param>
    internal void Read(XmlNode config, ConfigReader reader)
    {
        reader.Know(config, "name " + CmsConfig.Attributes, Elements, NetworkConfig.Without);
        bool isKnown = reader.Faults == 0;
        reader.Once(config, "dsm migrate cdma " + TargetRules.Elements);
        ReadName(config, reader);
        Defaults.Read(config, reader);
        Migration.Read(config.Child("migrate"), reader);
        Cdma.Read(config.Child("cdma"), reader);
        XmlNode dsm = config.Child("dsm");
        reader.Know(dsm, "slots image_size", "");
        Slots = reader.Number(dsm, "slots", 1, MostTargets, Slots);
        for (XmlNode policy = config.Child("policy"); policy.IsValid; policy = policy.NextNamed("policy"))
        {
            Policies.Read(policy, reader);
        }

        ReadTargets(config, reader);

        // The thesis's RTCR has no target in its configuration; ours then counts sheep under the RTCR's own name. What is not understood
        // could have been a target, though.
        if (isKnown && !config.Child("start").IsValid)
        {
            int priority = Priorities.Default < MostUrgent ? Priorities.Default : MostUrgent;
            Targets[TargetCount++] = new TargetConfig { Name = Name, Binary = "sheep_counter", Rules = Defaults, Priority = priority };
        }

        ReadImageSize(config, dsm, reader);
    }

    /// <summary>The rules of a target, be it started or restored here.</summary>
    internal TargetRules RulesOf(string name)
    {
        TargetConfig? target = Find(name);
        return target == null ? Defaults : target.Rules;
    }

    /// <summary>The target of a name; <c>null</c> for none that is to be started here.</summary>
    internal TargetConfig? Find(string name)
    {
        for (int i = 0; i < TargetCount; i++)
        {
            if (Targets[i].Name == name)
            {
                return Targets[i];
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool RefusesOtherRoms(string target) => RulesOf(target).RefusesOtherRoms;

    /// <inheritdoc/>
    public bool RefusesOpenFlows(string target) => RulesOf(target).RefusesOpenFlows;

    private void ReadName(XmlNode config, ConfigReader reader)
    {
        string name = config.Attribute("name", Name);
        if (ImageFormat.IsName(name))
        {
            Name = name;
        }
        else
        {
            NoName(config, reader);
        }
    }

    private static void NoName(XmlNode node, ConfigReader reader)
        => reader.Fault(node, "name", "a target needs a name of at most " + ImageFormat.MaxName.ToString() + " bytes; write name=\"…\"");

    private void ReadTargets(XmlNode config, ConfigReader reader)
    {
        for (XmlNode start = config.Child("start"); start.IsValid; start = start.NextNamed("start"))
        {
            TargetConfig target = TargetConfig.Read(start, Defaults, reader, MostUrgent);
            if (!ImageFormat.IsName(target.Name))
            {
                NoName(start, reader);
            }
            else if (Find(target.Name) != null)
            {
                reader.Fault(start, "name", "a target is called \"" + target.Name + "\" already; this one is not started");
            }
            else if (TargetCount == MostTargets)
            {
                reader.Fault(start, "more than " + MostTargets.ToString() + " targets; this one is not started");
            }
            else
            {
                Targets[TargetCount++] = target;
                if (!target.IsGood)
                {
                    reader.Fault(start, "the target is not started until what is wrong with it is mended");
                }
            }
        }
    }

    private void ReadImageSize(XmlNode config, XmlNode dsm, ConfigReader reader)
    {
        const int page = 64 * 1024;
        int most = (int.MaxValue / Slots) & ~(page - 1);
        long size = ImageOverhead;
        for (int i = 0; i < TargetCount; i++)
        {
            long needed = (long)Targets[i].Ram + ImageOverhead;
            size = needed > size ? needed : size;
        }

        if (size > most)
        {
            reader.Fault(config, "the targets' RAM is more than images can hold; say <dsm image_size=\"…\"/>");
            size = most;
        }

        size = reader.Size(dsm, "image_size", 4096, most, (int)size);
        ImageSize = (int)((size + page - 1) & ~(page - 1L));
    }
}
