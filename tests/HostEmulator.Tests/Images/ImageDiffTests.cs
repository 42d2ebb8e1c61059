// Comparing: nothing differs from itself, a restored target has the state that it had, and every change is told where it is.
using FsCheck;
using FsCheck.Fluent;
using Tern.Tests;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public class ImageDiffTests
{
    [TestMethod]
    public void An_image_does_not_differ_from_itself()
    {
        foreach ((string state, byte[] image) in ImageSamples.All)
        {
            Assert.AreEqual("the same", Diff(image, [.. image]).Summary, state);
        }
    }

    /// <summary>Of every state: checkpointed on one board, restored on another and checkpointed there at once.</summary>
    [TestMethod]
    public void A_restored_target_has_the_state_that_it_had_but_for_badges()
    {
        int badges = 0;
        foreach (State state in StateTable.All().Where(state => state.At != 0 && !state.Unborn))
        {
            byte[] image = ImageSamples.Of(state.Name);
            RtcrBench bench = ImageSamples.Boot(state);
            bench.Start("other", "sheep_counter");
            bench.Place = 1;
            byte[]? again = null;
            Expect.Ok(bench.Restore(image, env => again = bench.CheckpointHere(env)));
            var diff = Diff(image, again!, ignoresOrigin: true);
            Assert.IsTrue(diff.IsSame, $"{state.Name}: {diff.Summary}\n{string.Join('\n', diff.Parts.SelectMany(part => part.Lines))}");
            badges += Diff(image, again!).IsSame ? 0 : 1;
        }

        Assert.IsGreaterThan(40, badges, "another board gives other badges");
    }

    [TestMethod]
    public void A_changed_byte_of_memory_is_in_its_page_of_its_dataspace()
    {
        byte[] image = ImageSamples.Of("dataspaces attached in every manner");
        ImageDocument document = ImageDocument.Read(image);
        ImageRecord[] entries = [.. new ImageEntries(document).Used.Where(entry => entry.Long("content_at") >= 0 && entry.Long("amount") > 0)];
        Gen<(ImageRecord Entry, int At)> places =
            from entry in Gen.Elements(entries)
            from at in Gen.Choose(0, entry.Int("amount") - 1)
            select (entry, at);
        int page = document.PageSize;
        Property.Holds(places, place =>
        {
            byte[] changed = ImageSamples.With(image, copy => copy[document.MemoryAt + place.Entry.Int("content_at") + place.At] ^= 0x10);
            DataspaceDiff found = new MemoryDiff(document, ImageDocument.Read(changed)).Compare(place.Entry, place.Entry);
            PageRange expected = new(place.At / page * page, (place.At / page * page) + page, 1);
            Assert.IsTrue(
                (found.Ranges.Count == 1 && found.Ranges[0] == expected && found.Badges == 0) || (found.Ranges.Count == 0 && found.Badges == 1),
                $"#{place.Entry.Number} at {place.At}: {string.Join(", ", found.Ranges)}, {found.Badges} badges");
            Assert.IsFalse(Diff(image, changed).IsSame);
        });
    }

    [TestMethod]
    public void Pages_that_follow_each_other_are_one_range()
    {
        byte[] image = ImageSamples.Of("dataspaces attached in every manner");
        ImageDocument document = ImageDocument.Read(image);
        ImageRecord entry = new ImageEntries(document).Used.First(entry => entry.Long("amount") >= 4 * document.PageSize && entry.Long("content_at") >= 0);
        int at = document.MemoryAt + entry.Int("content_at");
        int page = document.PageSize;
        byte[] changed = ImageSamples.With(image, copy =>
        {
            copy[at + page]++;
            copy[at + (2 * page)]++;
        });
        DataspaceDiff found = new MemoryDiff(document, ImageDocument.Read(changed)).Compare(entry, entry);
        Assert.AreEqual(new PageRange(page, 3 * page, 2), found.Ranges.Single());
    }

    [TestMethod]
    public void A_field_that_was_changed_is_named()
    {
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        ImageRecord identity = ImageDocument.Read(image).Identity!;
        ImageDiff diff = Diff(image, ImageSamples.With(image, copy => copy[identity.PlaceOf("priority")] = 9));
        Assert.AreEqual("~ identity: priority: 4 -> 9", diff.Parts.Single(part => part.Name == "identity").Lines.Single());
    }

    [TestMethod]
    public void A_selector_that_names_something_else_is_a_changed_row_and_one_that_is_gone_a_removed_one()
    {
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        ImageRecord row = ImageDocument.Read(image)[Rtcr.Section.Capabilities].Records[^1];
        List<string> Lines(byte[] other) => Diff(image, other).Parts.Single(part => part.Name == "capabilities").Lines;

        string changed = Lines(ImageSamples.With(image, copy => copy[row.PlaceOf("entry")] ^= 1)).Single();
        Assert.StartsWith($"~ {row.Int("selector"):x6} ", changed);
        Assert.Contains("entry: #", changed);
        List<string> moved = Lines(ImageSamples.With(image, copy => copy[row.PlaceOf("selector") + 1] ^= 0x40));
        Assert.HasCount(2, moved);
        Assert.StartsWith("+ ", moved[0]);
        Assert.StartsWith($"- {row.Int("selector"):x6} ", moved[1]);
    }

    [TestMethod]
    public void No_two_images_make_comparing_crash()
    {
        byte[][] images = [.. ImageSamples.All.Values.Where(image => image.Length < 20_000)];
        Gen<byte[]> changed =
            from image in Gen.Elements(images)
            from places in Gen.Zip(Gen.Choose(0, ImageDocument.Read(image).MemoryAt + 64), ImageVerifierTests.Value).ListOf()
            select ImageSamples.With(image, copy => places.ToList().ForEach(place => copy[place.Item1] = (byte)place.Item2));
        Property.Holds(
            Gen.Zip(changed, changed),
            pair =>
            {
                bool isSame = pair.Item1.AsSpan().SequenceEqual(pair.Item2);
                Assert.AreEqual(isSame, Diff(pair.Item1, pair.Item2).IsSame);
                Assert.AreNotEqual("", Diff(pair.Item1, pair.Item2, ignoresOrigin: true).Summary);
            },
            count: 250);
    }

    private static ImageDiff Diff(byte[] a, byte[] b, bool ignoresOrigin = false) =>
        new(ImageDocument.Read(a), ImageDocument.Read(b), ignoresOrigin);
}
