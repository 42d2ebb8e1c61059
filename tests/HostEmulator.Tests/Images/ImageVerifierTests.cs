// Verifying: what RTCR makes is whole; whatever else is told by name, with a place, and never by a crash.
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public class ImageVerifierTests
{
    [TestMethod]
    public void Every_image_that_RTCR_makes_is_whole_and_sealed()
    {
        Assert.IsGreaterThan(40, ImageSamples.All.Count);
        foreach ((string state, byte[] image) in ImageSamples.All)
        {
            List<ImageCheck> bad = Bad(image);
            Assert.IsEmpty(bad, state + ": " + string.Join("; ", bad.SelectMany(check => check.Faults, (check, fault) => check.Name + " " + fault)));
        }
    }

    [TestMethod]
    public void Any_byte_changed_is_found()
    {
        byte[] image = ImageSamples.Of("sleeping in a one-shot timer");
        for (int at = 0; at < image.Length; at++)
        {
            byte[] changed = ImageSamples.With(image, copy => copy[at] ^= (byte)(1 << (at % 8)));
            Assert.IsTrue(Bad(changed).Exists(check => check.Name == "code"), $"byte {at}");
        }
    }

    [TestMethod]
    public void What_is_changed_has_the_name_of_what_it_is_and_its_place()
    {
        (int At, string Check, string Place)[] cases =
        [
            (0, "magic", "byte 0:"),
            (ImageFormat.VersionAt, "version", "byte 4:"),
            (ImageFormat.SizeAt, "size", "byte 8:"),
            (ImageFormat.FlagsAt, "flags", "byte 12:"),
            (ImageFormat.CrcAt, "checksum", "byte 28:"),
            (200, "checksum", "byte 28:"),
        ];
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        foreach ((int at, string name, string place) in cases)
        {
            List<ImageCheck> bad = Bad(ImageSamples.With(image, copy => copy[at] ^= 0x55));
            ImageCheck? check = bad.Find(check => check.Name == name);
            Assert.IsNotNull(check, $"byte {at}: {string.Join(", ", bad.Select(other => other.Name))}");
            Assert.StartsWith(place, check.Faults[0].ToString());
            Assert.AreNotEqual("", check.Advice);
        }
    }

    [TestMethod]
    public void An_image_that_ends_too_early_is_found_at_every_length()
    {
        byte[] image = ImageSamples.Of("sleeping in a one-shot timer");
        for (int length = 0; length < image.Length; length++)
        {
            List<ImageCheck> bad = Bad(image[..length]);
            Assert.IsTrue(bad.Exists(check => check.Name == "size"), $"cut to {length}");
        }
    }

    [TestMethod]
    public void Sealed_after_it_was_cut_it_is_found_nevertheless()
    {
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        for (int length = ImageFormat.HeaderSize + ImageFormat.TrailerSize; length < image.Length; length += length < 2048 ? 1 : 509)
        {
            byte[] cut = image[..length];
            BitConverter.TryWriteBytes(cut.AsSpan(ImageFormat.SizeAt), length);
            Assert.IsNotEmpty(Bad(ImageSamples.Seal(cut)), $"cut to {length}");
        }
    }

    [TestMethod]
    public void Another_key_is_told_from_damage()
    {
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        ImageCheck check = ImageVerifier.Verify(image, [new SealKey("the key of another", new byte[32])]).Single(check => check.Outcome == CheckOutcome.Bad);
        Assert.AreEqual("code", check.Name);
        Assert.Contains("another key", check.Advice);
        Assert.Contains("bytes have changed", Bad(ImageSamples.With(image, copy => copy[300]++)).Find(bad => bad.Name == "code")!.Advice);
    }

    /// <summary>The tool promises what the restore does: an image behind whose seal a restore finds fault is not whole.</summary>
    [TestMethod]
    [DataRow(ImageSamples.Everything)]
    [DataRow(ImageSamples.Serving)]
    [DataRow(ImageSamples.Served)]
    public void What_a_restore_refuses_behind_a_right_seal_is_bad(string state)
    {
        byte[] image = ImageSamples.Of(state);
        RtcrBench bench = state == ImageSamples.Everything ? ImageSamples.Boot(StateBench.Find(state)) : ImageSamples.BootServing();
        bench.Place = state == ImageSamples.Served ? 1 : 0;
        int place = bench.Place;
        bench.Do(_ => bench.Rtcr.Stop(place));
        (int At, int Size)[] fields = [.. FieldsOf(image).Except(DonationsOf(image)), .. RuntimeBlockOf(image)];
        Gen<(int, uint)[]> changes = Gen.Zip(Gen.Choose(0, fields.Length - 1), Value).NonEmptyListOf().Select(list => list.Take(2).ToArray());
        int refused = 0;
        Property.Holds(
            changes,
            changed =>
            {
                byte[] wrong = [.. image];
                foreach ((int field, uint value) in changed)
                {
                    for (int i = 0; i < fields[field].Size && i < 4; i++)
                    {
                        wrong[fields[field].At + i] = (byte)(value >> (8 * i));
                    }
                }

                ImageSamples.Seal(wrong);
                Error error = bench.Restore(wrong, _ => bench.Rtcr.Stop(place));
                List<ImageCheck> bad = Bad(wrong);
                Assert.IsTrue(
                    error != Error.BadData || bad.Count > 0,
                    "a restore answers BadData, and verify finds nothing: " + Diff(image, wrong));
                refused += error == Error.BadData ? 1 : 0;
            },
            count: 1000);
        Assert.IsGreaterThan(100, refused);
    }

    [TestMethod]
    public void Any_bytes_can_be_verified()
    {
        Gen<byte[]> bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        Property.Holds(bytes, junk => Assert.IsNotEmpty(Bad(junk)), count: 500);
    }

    internal static Gen<uint> Value { get; } = Gen.OneOf(
        Gen.Elements<uint>(0, 1, 2, 3, 0x7f, 0x80, 0xff, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff),
        Gen.Choose(0, 40).Select(value => (uint)value),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => (uint)value));

    /// <summary>Where the fields of an image stand.</summary>
    internal static IEnumerable<(int At, int Size)> FieldsOf(byte[] image)
    {
        ImageDocument document = ImageDocument.Read(image);
        return document.Sections.SelectMany(section => section.Records).Append(document.Header)
            .SelectMany(record => record.Flat()).Select(flat => (flat.Field.At, flat.Field.Size));
    }

    /// <summary>What sessions were given when they were opened: whether quotas then come to what they were, only a board can tell.</summary>
    private static IEnumerable<(int At, int Size)> DonationsOf(byte[] image) => ImageDocument.Read(image)[Section.Entries].Records
        .SelectMany(entry => entry.Flat()).Where(flat => flat.Path is "call.word[1]" or "call.word[2]").Select(flat => (flat.Field.At, flat.Field.Size));

    /// <summary>Where the target's memory has the address and size of its capability map.</summary>
    private static (int At, int Size)[] RuntimeBlockOf(byte[] image)
    {
        ImageDocument document = ImageDocument.Read(image);
        ImageRecord initial = new ImageEntries(document).Used.Single(entry => ImageEntries.KindOf(entry) == ObjectKind.InitialMemory);
        int block = document.MemoryAt + initial.Int("content_at");
        return [.. Enumerable.Repeat((block + CapabilityMap.AddressAt, 4), 20), .. Enumerable.Repeat((block + CapabilityMap.SizeAt, 4), 20)];
    }

    private static string Diff(byte[] a, byte[] b) => string.Join(
        '\n', new ImageDiff(ImageDocument.Read(a), ImageDocument.Read(b), ignoresOrigin: true).Parts.SelectMany(part => part.Lines));

    private static List<ImageCheck> Bad(byte[] image)
    {
        List<ImageCheck> checks = ImageVerifier.Verify(image, ImageSamples.Keys);
        foreach (ImageCheck check in checks.Where(check => check.Outcome == CheckOutcome.Bad))
        {
            Assert.IsTrue(check.Faults.All(fault => fault.At >= 0 && fault.At <= image.Length && fault.Text.Length > 0), check.Name);
            Assert.AreNotEqual("", check.Advice, check.Name);
        }

        return [.. checks.Where(check => check.Outcome == CheckOutcome.Bad)];
    }
}
