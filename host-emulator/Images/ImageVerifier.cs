// Every check that a restore makes before a target can run, in its order, and each told: first the seal, then the structure,
// then what refers to what. A tool goes on where a restore stops, so that people see all that is wrong.
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class ImageVerifier
{
    private const string Again = "take it from the NAS again (tern image export), or take another checkpoint";
    private const string Writer = "the seal may be right and the writer wrong: keep the image and the bench's seed, and take another checkpoint";

    /// <summary>Checks an image.</summary>
    /// <param name="image">Any bytes.</param>
    /// <param name="keys">The keys that it may be sealed with.</param>
    internal static List<ImageCheck> Verify(byte[] image, IReadOnlyList<SealKey> keys)
    {
        ImageDocument document = ImageDocument.Read(image);
        List<ImageCheck> checks =
        [
            ImageCheck.Of("size", Quantity.Bytes(image.Length), SizeFaults(document), "the file was cut short or is none: " + Again),
            Field("magic", document, "TERN", "this is no checkpoint image, or its first bytes were overwritten: name another file", "magic"),
            SealChecks.Code(document, keys, Again),
            Field(
                "version", document, $"version {Invariant.Of(ImageFormat.Version)}, header of {Invariant.Of(ImageFormat.HeaderSize)} bytes",
                $"this tool reads version {Invariant.Of(ImageFormat.Version)} alone: use the tern that made the image", "version", "header_size"),
            Field("flags", document, "none", "no version has flags yet: " + Again, "flags"),
            SealChecks.Checksum(document, Again),
        ];
        bool isKnown = document.IsKnown && image.Length >= ImageFormat.HeaderSize + ImageFormat.TrailerSize;
        checks.AddRange(Structure().Select(check => isKnown ? check.Make(document) : ImageCheck.Skip(check.Name, "not an image of this version")));
        return checks;
    }

    private static IEnumerable<(string Name, Func<ImageDocument, ImageCheck> Make)> Structure()
    {
        yield return ("layout", document => ImageCheck.Of("layout", "parts follow each other without gaps", LayoutChecks.Faults(document), Writer));
        foreach (SectionShape shape in ImageSchema.Sections)
        {
            yield return (shape.Name, document => OfSection(document[shape.Section]));
        }

        foreach ((string name, string detail, ReferenceCheck check) in ReferenceChecks.All)
        {
            yield return (name, document => OfReferences(document, name, detail, check));
        }
    }

    private static ImageCheck OfSection(ImageSection section) =>
        ImageCheck.Of(section.Shape.Name, Quantity.Count(section.Records.Count, "record"), section.Faults, Writer);

    private static ImageCheck OfReferences(ImageDocument document, string name, string detail, ReferenceCheck check)
    {
        var references = new References(document);
        check(references);
        return ImageCheck.Of(name, detail, references.Faults, Writer);
    }

    private static IEnumerable<ImageFault> SizeFaults(ImageDocument document)
    {
        int length = document.Bytes.Length;
        const int least = ImageFormat.HeaderSize + ImageFormat.TrailerSize;
        if (length < least)
        {
            yield return new ImageFault(length, $"the file ends here; an image has at least {Invariant.Of(least)} bytes");
        }
        else if (document.Header.Int("size") is var size && size != length)
        {
            yield return new ImageFault(ImageFormat.SizeAt, $"the header says {Invariant.Of(size)} bytes, and the file has {Invariant.Of(length)}");
        }
    }

    /// <summary>Checks header fields that may have one value.</summary>
    private static ImageCheck Field(string name, ImageDocument document, string detail, string advice, params string[] fields) => ImageCheck.Of(
        name,
        detail,
        document.HeaderFaults.Where(fault => fields.Any(field => !document.Header.Has(field) || fault.At == document.Header.PlaceOf(field))),
        advice);
}
