// Inspecting: the schema knows every byte of an image's metadata, all output is the same twice, and no bytes make it crash.
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tern.Rtcr;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public class ImageInspectTests
{
    [TestMethod]
    public void The_schema_has_the_header_where_the_format_has_it()
    {
        ImageRecord header = ImageDocument.Read(ImageSamples.Of(ImageSamples.Everything)).Header;
        (string Field, int At)[] expected =
        [
            ("magic", 0), ("version", ImageFormat.VersionAt), ("size", ImageFormat.SizeAt), ("flags", ImageFormat.FlagsAt),
            ("commit", ImageFormat.CommitAt), ("epoch", ImageFormat.EpochAt), ("page_size", ImageFormat.PageSizeAt),
            ("crc", ImageFormat.CrcAt), ("mac", ImageFormat.MacAt), ("memory_at", ImageFormat.MemoryAt), ("identity_at", ImageFormat.SectionsAt),
        ];
        foreach ((string field, int at) in expected)
        {
            Assert.AreEqual(at, header.PlaceOf(field), field);
        }

        Assert.HasCount(ImageFormat.SectionCount, ImageSchema.Sections);
        Assert.HasCount(ImageFormat.SectionCount, Enum.GetValues<Section>());
        for (int i = 0; i < ImageSchema.Sections.Length; i++)
        {
            Assert.AreEqual((Section)i, ImageSchema.Sections[i].Section);
        }
    }

    [TestMethod]
    public void Every_byte_of_the_sections_is_in_exactly_one_field()
    {
        foreach ((string state, byte[] image) in ImageSamples.All)
        {
            ImageDocument document = ImageDocument.Read(image);
            var seen = new int[image.Length];
            foreach ((int at, int size) in ImageVerifierTests.FieldsOf(image))
            {
                for (int i = at; i < at + size; i++)
                {
                    seen[i]++;
                }
            }

            int end = document.Sections.Max(section => section.End);
            int wrong = Array.FindIndex(seen, 0, end, count => count != 1);
            Assert.IsTrue(wrong < 0 || (wrong >= document.Header.End && wrong < ImageFormat.HeaderSize), $"{state}: byte {wrong} is in {(wrong < 0 ? 0 : seen[wrong])} fields");
        }
    }

    [TestMethod]
    public void The_parts_of_an_image_are_all_of_it()
    {
        foreach ((string state, byte[] image) in ImageSamples.All)
        {
            int end = 0;
            foreach (ImagePart part in ImageDocument.Read(image).Parts())
            {
                Assert.AreEqual(end, part.At, $"{state}: {part.Name}");
                end = part.End;
            }

            Assert.HasCount(end, image, state);
        }
    }

    [TestMethod]
    public void All_output_of_an_image_is_the_same_twice_and_harmless()
    {
        foreach ((string state, byte[] image) in ImageSamples.All)
        {
            string text = Everything(image);
            Assert.AreEqual(text, Everything([.. image]), state);
            Assert.IsFalse(text.Any(c => char.IsControl(c) && c != '\n'), state);
        }
    }

    [TestMethod]
    public void Json_has_every_record_and_names_for_numbers()
    {
        byte[] image = ImageSamples.Of(ImageSamples.Everything);
        ImageDocument document = ImageDocument.Read(image);
        using JsonDocument json = JsonDocument.Parse(Json(document));
        Assert.AreEqual(image.Length, json.RootElement.GetProperty("image_bytes").GetInt32());
        foreach (ImageSection section in document.Sections)
        {
            Assert.AreEqual(section.Records.Count, json.RootElement.GetProperty("sections").GetProperty(section.Shape.Name).GetArrayLength(), section.Shape.Name);
        }

        JsonElement parent = json.RootElement.GetProperty("sections").GetProperty("entries")[3];
        Assert.AreEqual("parent", parent.GetProperty("kind_name").GetString());
        Assert.AreEqual((int)ObjectKind.Parent, parent.GetProperty("kind").GetInt32());
    }

    [TestMethod]
    public void The_tables_tell_what_the_target_has()
    {
        Assert.Contains("unacknowledged, masked", Summary("interrupt unacknowledged, another one comes"));
        Assert.Contains("then every", Summary("waiting for a periodic timer"));
        Assert.Contains("nothing: its object has ended", Summary("capabilities delegated to itself, one dead"));
        Assert.Contains("kept", Summary("request to itself kept"));
        Assert.Contains("waits for an answer from ", Summary("request to itself kept"));
        Assert.DoesNotContain("waits for an answer from ", Summary("signals pending"));
        Assert.Contains("signals pending\n", Summary("signals pending"));
        Assert.Contains("kept for a client", Summary(ImageSamples.Serving));
        Assert.Contains("session  Keep     alice", Summary(ImageSamples.Serving));
        Assert.Contains("of target keeper", Summary(ImageSamples.Served));
        Assert.Contains("000213", Summary("capability space as in the report of 2018"));
    }

    [TestMethod]
    public void A_name_that_would_play_with_a_terminal_is_shown_harmlessly()
    {
        byte[] image = ImageSamples.With(ImageSamples.Of(ImageSamples.Everything), copy =>
        {
            int at = ImageDocument.Read(copy).Identity!.PlaceOf("name");
            copy[at + 1] = 0x1b;
            copy[at + 2] = (byte)'[';
        });
        Assert.StartsWith("\\x1b[", new StringReader(Text(ImageDocument.Read(image))).ReadLine()!);
    }

    [TestMethod]
    public void No_change_of_an_image_makes_inspecting_crash()
    {
        byte[][] images = [.. ImageSamples.All.Values.Where(image => image.Length < 20_000)];
        Gen<byte[]> changed =
            from image in Gen.Elements(images)
            from places in Gen.Zip(Gen.Choose(0, ImageDocument.Read(image).MemoryAt - 1), ImageVerifierTests.Value).NonEmptyListOf()
            from length in Gen.Frequency((3, Gen.Constant(image.Length)), (1, Gen.Choose(0, image.Length)))
            select ImageSamples.With(image, copy => places.ToList().ForEach(place => copy[place.Item1] = (byte)place.Item2))[..length];
        Property.Holds(changed, image => Everything(image), count: 250);
    }

    [TestMethod]
    public void Any_bytes_can_be_inspected()
    {
        Gen<byte[]> junk = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        Property.Holds(junk, bytes => Everything(bytes), count: 300);
    }

    private static string Summary(string state) => Text(ImageDocument.Read(ImageSamples.Of(state)));

    private static string Text(ImageDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ImageText.WriteSummary(text, document);
        return text.ToString();
    }

    private static string Json(ImageDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ImageJson.Write(text, document, null);
        return text.ToString();
    }

    private static string Everything(byte[] image)
    {
        ImageDocument document = ImageDocument.Read(image);
        using var text = new StringWriter { NewLine = "\n" };
        text.Write(Text(document));
        foreach (string name in ImageText.SectionNames)
        {
            ImageText.WriteSection(text, document, name, hex: true);
            ImageText.WriteSection(text, document, name, hex: false);
        }

        JsonDocument.Parse(Json(document)).Dispose();
        text.Write(Json(document));
        return text.ToString();
    }
}
