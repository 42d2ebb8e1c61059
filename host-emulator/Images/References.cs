// What a check of references has at hand: the image, its entries in words, and where faults go.
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A check of what refers to what.</summary>
internal delegate void ReferenceCheck(References references);

internal sealed class References(ImageDocument document)
{
    internal ImageDocument Document { get; } = document;

    internal ImageEntries Entries { get; } = new(document);

    internal List<ImageFault> Faults { get; } = [];

    /// <summary>The records of a section that were read to their ends.</summary>
    internal IEnumerable<ImageRecord> Whole(Section section) => Document[section].Records.Where(record => record.IsWhole);

    /// <summary>Says that a field is wrong unless a condition holds.</summary>
    internal bool Check(bool condition, ImageRecord record, string field, Func<string> text)
    {
        if (!condition)
        {
            Faults.Add(new ImageFault(record.PlaceOf(field), text()));
        }

        return condition;
    }

    /// <summary>Says that a field is wrong unless it names an entry in use, or none where that may be.</summary>
    internal bool CheckEntry(ImageRecord record, string field, string what, bool mayBeNone = false, long end = long.MaxValue)
    {
        long number = record.Long(field);
        return (mayBeNone && number < 0)
            || (Check(Entries.Find(number) is not null, record, field, () => number < 0
                    ? $"{what} names no entry"
                    : $"{what} names entry #{Invariant.Of(number)}, which is not in use")
                && Check(number < end, record, field, () => $"{what} names entry #{Invariant.Of(number)}, which comes only after #{Invariant.Of(end)}"));
    }

    /// <summary>Checks what a call refers to.</summary>
    /// <param name="call">The call.</param>
    /// <param name="what">Whose it is, as part of a sentence.</param>
    /// <param name="end">It may only need entries before this one.</param>
    internal bool CheckCall(ImageRecord call, string what, long end)
    {
        bool isGood = CheckEntry(call, "session", $"the session of {what}", end: end);
        foreach (ImageField capability in call.List("capability"))
        {
            isGood &= CheckEntry(call, capability.Name, $"{capability.Name} of {what}", mayBeNone: true, end: end);
        }

        return isGood;
    }
}
