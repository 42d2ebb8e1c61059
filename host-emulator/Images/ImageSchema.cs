// The layout of an image, field by field, as docs/checkpoint-image.md has it: the only place of the tools that knows it.
// A new field is a line here, and reading, showing, comparing and checking its range follow.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A section's place in the layout.</summary>
/// <param name="Section">Which.</param>
/// <param name="Name">Its name in output and options.</param>
/// <param name="Most">More records than these no restore takes.</param>
/// <param name="Record">What a record consists of.</param>
internal sealed record SectionShape(Section Section, string Name, int Most, ImageShape[] Record);

internal static class ImageSchema
{
    private const int MostRecords = 0xffff;

    /// <summary>The header's fields, from the first byte on.</summary>
    internal static readonly ImageShape[] Header =
    [
        ImageShape.Number("magic", FieldType.I32, ImageFormat.Magic, ImageFormat.Magic),
        ImageShape.Number("version", FieldType.U16, ImageFormat.Version, ImageFormat.Version),
        ImageShape.Number("header_size", FieldType.U16, ImageFormat.HeaderSize, ImageFormat.HeaderSize),
        ImageShape.Number("size", FieldType.I32),
        ImageShape.Number("flags", FieldType.I32, 0, 0),
        ImageShape.Number("commit", FieldType.I32),
        ImageShape.Number("epoch", FieldType.I32),
        ImageShape.Number("page_size", FieldType.I32, 1),
        ImageShape.Number("crc", FieldType.I32, meaning: crc => Invariant.Hex((uint)crc, 8)),
        ImageShape.Number("mac", FieldType.I64, meaning: mac => Os.Mac.Format(mac)),
        ImageShape.Number("memory_at", FieldType.I32, ImageFormat.HeaderSize),
        .. SectionFields(),
    ];

    /// <summary>A call as RTCR remembers it.</summary>
    private static readonly ImageShape[] Call =
    [
        ImageShape.Number("session", FieldType.Entry),
        ImageShape.Number("opcode", FieldType.I32),
        ImageShape.Number("word_count", FieldType.U8, 0, Message.MaxWords),
        ImageShape.Number("capability_count", FieldType.U8, 0, Message.MaxCapabilities),
        ImageShape.Number("length", FieldType.U8, 0, Message.MaxBytes),
        ImageShape.List("word", FieldType.I32, "word_count"),
        ImageShape.List("capability", FieldType.Entry, "capability_count"),
        ImageShape.Bytes("bytes", "length"),
    ];

    /// <summary>The sections in their order.</summary>
    internal static readonly SectionShape[] Sections =
    [
        new(Section.Identity, "identity", 1,
        [
            ImageShape.Name("name", 1, ImageFormat.MaxName),
            ImageShape.Name("program", 1, ImageFormat.MaxName),
            ImageShape.Number("ram_quota", FieldType.I64, 1, int.MaxValue),
            ImageShape.Number("cap_quota", FieldType.I32, 1),
            ImageShape.Number("priority", FieldType.U8, 0, Priorities.Count - 1),
            ImageShape.Number("config_length", FieldType.I32, 0),
        ]),
        new(Section.Domains, "domains", ImageFormat.MaxDomains,
        [
            ImageShape.Number("domain", FieldType.Entry),
            ImageShape.Number("ram_quota", FieldType.I64, 0),
            ImageShape.Number("cap_quota", FieldType.I32, 0),
            ImageShape.Number("next_token", FieldType.I32, 1),
            ImageShape.Number("fault", FieldType.I32, 0, meaning: fault => Errors.Name((Error)fault)),
        ]),
        new(Section.Entries, "entries", MostRecords,
        [
            ImageShape.Number("kind", FieldType.U8, 0, (long)Enum.GetValues<ObjectKind>().Max(), ImageNames.Kind),
            ImageShape.When(
                entry => entry.Int("kind") != (int)ObjectKind.Free,
                ImageShape.Name("service", 0, ImageFormat.MaxName),
                ImageShape.Number("type", FieldType.U8, 0, (long)Enum.GetValues<ObjectType>().Max(), ImageNames.Type),
                ImageShape.Number("badge", FieldType.I32),
                ImageShape.Number("amount", FieldType.I32, 0),
                ImageShape.Number("content_at", FieldType.I32, -1),
                ImageShape.Number("fault_handler", FieldType.Entry),
                ImageShape.Number("leader", FieldType.Entry),
                ImageShape.Number("result", FieldType.U8, 0, Message.MaxCapabilities - 1),
                ImageShape.When(entry => entry.Long("leader") == entry.Number, ImageShape.Nested("call", Call)),
                ImageShape.Number("state_count", FieldType.U8, 0, Message.MaxWords),
                ImageShape.List("state", FieldType.I32, "state_count")),
        ]),
        new(Section.Calls, "calls", MostRecords, [ImageShape.Nested("call", Call)]),
        new(Section.Capabilities, "capabilities", MostRecords,
        [
            ImageShape.Number("domain", FieldType.Entry),
            ImageShape.Number("selector", FieldType.U16),
            ImageShape.Number("entry", FieldType.Entry),
        ]),
        new(Section.Regions, "regions", MostRecords,
        [
            ImageShape.Number("map", FieldType.Entry),
            ImageShape.Number("shows", FieldType.Entry),
            ImageShape.Number("address", FieldType.I32, 0),
            ImageShape.Number("size", FieldType.I32, 1),
            ImageShape.Number("offset", FieldType.I32, 0),
            ImageShape.Number("rights", FieldType.U8, 0, (long)Rights.ReadWrite, ImageNames.RightsOf),
        ]),
        new(Section.Threads, "threads", ImageFormat.MaxThreads,
        [
            ImageShape.Number("thread", FieldType.Entry),
            ImageShape.Number("flags", FieldType.U8, 0, ImageFormat.ThreadFlags),
            ImageShape.Number("pauses", FieldType.U8, 0, ImageFormat.MaxPauses),
            ImageShape.Number("priority", FieldType.U8, 0, Priorities.Count - 1),
            ImageShape.Number("affinity_space", FieldType.I32),
            ImageShape.Number("affinity_location", FieldType.I32),
        ]),
        new(Section.Requests, "requests", MostRecords,
        [
            ImageShape.Number("phase", FieldType.U8, 0, ImageFormat.KeptPhase, ImageNames.Phase),
            ImageShape.When(
                request => request.Int("phase") == ImageFormat.SignalPhase,
                ImageShape.Number("context", FieldType.Entry),
                ImageShape.Number("count", FieldType.I32, 1)),
            ImageShape.When(
                request => request.Int("phase") != ImageFormat.SignalPhase,
                ImageShape.Number("domain", FieldType.Entry),
                ImageShape.Number("thread", FieldType.Entry),
                ImageShape.Number("reply_label", FieldType.I32),
                ImageShape.Number("outcome", FieldType.I32),
                ImageShape.Number("token", FieldType.I32),
                ImageShape.Number("keeper", FieldType.Entry),
                ImageShape.Nested("call", Call)),
        ]),
        new(Section.Exports, "exports", MostRecords,
        [
            ImageShape.Number("kind", FieldType.U8, 0, ImageFormat.ExportedOther, ImageNames.Export),
            ImageShape.Number("number", FieldType.I32, 1, int.MaxValue - 1),
            ImageShape.When(IsTarget, ImageShape.Number("closes_orphans", FieldType.U16, 0, 1)),
            ImageShape.When(export => !IsTarget(export), ImageShape.Number("entry", FieldType.Entry)),
            ImageShape.When(
                export => export.Int("kind") is ImageFormat.ExportedService or ImageFormat.ExportedSession, ImageShape.Name("service", 0, ImageFormat.MaxName)),
            ImageShape.When(export => export.Int("kind") == ImageFormat.ExportedSession, ImageShape.Nested("call", Call)),
        ]),
    ];

    /// <summary>Whether a field says where an image is from and not what it holds: badges, and the header's origin and seal.</summary>
    internal static bool IsOrigin(string name) => name is "badge" or "commit" or "epoch" or "crc" or "mac";

    /// <summary>Names the header's fields for a section.</summary>
    internal static (string At, string Count) FieldsOf(Section section)
    {
        string name = ImageNames.Words(section.ToString());
        return (name + "_at", name + "_count");
    }

    /// <summary>Whether a record of exports is the one about the target itself.</summary>
    internal static bool IsTarget(ImageRecord export) => export.Int("kind") == ImageFormat.ExportedTarget;

    private static IEnumerable<ImageShape> SectionFields()
    {
        for (Section section = 0; (int)section < ImageFormat.SectionCount; section++)
        {
            (string at, string count) = FieldsOf(section);
            yield return ImageShape.Number(at, FieldType.I32, ImageFormat.HeaderSize);
            yield return ImageShape.Number(count, FieldType.I32, 0);
        }
    }
}
