// How the parts of an image lie: header, sections without gaps in any order, zeros to the next page, contents, code.
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class LayoutChecks
{
    internal static List<ImageFault> Faults(ImageDocument document)
    {
        List<ImageFault> faults = [.. document.HeaderFaults];
        ImageRecord header = document.Header;
        int pageSize = header.Int("page_size");
        int memoryAt = header.Int("memory_at");
        if (pageSize > 0 && !int.IsPow2(pageSize))
        {
            faults.Add(new ImageFault(header.PlaceOf("page_size"), $"the page size is {Invariant.Of(pageSize)}, which is no power of two"));
        }
        else if (memoryAt % document.PageSize != 0)
        {
            faults.Add(new ImageFault(header.PlaceOf("memory_at"), $"the memory contents begin at {Invariant.Of(memoryAt)}, which is not the beginning of a page"));
        }

        if (memoryAt > document.CodeAt)
        {
            faults.Add(new ImageFault(header.PlaceOf("memory_at"), $"the memory contents begin at {Invariant.Of(memoryAt)}, behind the image's end"));
        }

        // The header's unused bytes, and those between the last section and the contents.
        AddNonZero(document, header.End, Math.Min(ImageFormat.HeaderSize, document.Bytes.Length), "a byte of the header that is not in use", faults);
        int end = ImageFormat.HeaderSize;
        foreach (ImageSection section in document.Sections.OrderBy(section => section.At).ThenBy(section => section.End))
        {
            string field = ImageSchema.FieldsOf(section.Shape.Section).At;
            if (header.Int(field) != end)
            {
                faults.Add(new ImageFault(
                    header.PlaceOf(field), $"{section.Shape.Name} begin{(section.Shape.Name.EndsWith('s') ? "" : "s")} at {Invariant.Of(header.Int(field))}, and what is before ends at {Invariant.Of(end)}"));
            }

            end = section.End;
        }

        if (memoryAt - end >= document.PageSize)
        {
            faults.Add(new ImageFault(end, $"the sections end here, more than a page before the memory contents at {Invariant.Of(memoryAt)}"));
        }

        AddNonZero(document, end, document.MemoryAt, "a byte between sections and contents", faults);
        return faults;
    }

    private static void AddNonZero(ImageDocument document, int at, int end, string what, List<ImageFault> faults)
    {
        int first = at < end ? document.Bytes.AsSpan(at, end - at).IndexOfAnyExcept((byte)0) : -1;
        if (first >= 0)
        {
            faults.Add(new ImageFault(at + first, $"{what} is {Invariant.Of(document.Bytes[at + first])} instead of 0"));
        }
    }
}
