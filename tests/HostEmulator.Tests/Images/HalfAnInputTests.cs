// Half an input does not look whole: every reader of files refuses it, or says so.
using System.Text;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public sealed class HalfAnInputTests : CommandFolder
{
    private static readonly byte[] Image = ImageSamples.Of(ImageSamples.Everything);

    [TestMethod]
    public void A_cut_image_is_not_compared()
    {
        string whole = Put("a.image", Image);
        foreach (int length in (int[])[0, 3, 50, 100, 700, Image.Length / 2, Image.Length - 33, Image.Length - 1, Image.Length + 1])
        {
            byte[] cut = new byte[length];
            Image.AsSpan(0, Math.Min(length, Image.Length)).CopyTo(cut);
            string half = Put("b.image", cut);
            Assert.AreEqual(ExitCodes.Usage, Run("image", "diff", whole, half), $"{length} bytes: {_out}");
            Assert.AreEqual(ExitCodes.Usage, Run("image", "diff", half, whole), $"{length} bytes: {_out}");
        }

        Assert.AreEqual("", _out.ToString());
        Assert.Contains($"b.image is not whole: its header says {Quantity.Bytes(Image.Length)}, and the file has {Quantity.Bytes(Image.Length - 1)}; try tern image verify", _error.ToString());
    }

    [TestMethod]
    public void A_cut_image_is_shown_and_listed_as_one()
    {
        string half = Put("half.image", Image[..(Image.Length / 2)]);
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", half));
        Assert.Contains("warning: this image is not whole: its header says ", _error.ToString());
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", half));
        Assert.EndsWith("not whole\n", _out.ToString());
    }

    [TestMethod]
    public void A_directory_of_images_is_told_to_have_them()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "images")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "a.image"), Image);
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", folder), "the only one is meant: " + _error);
        for (int i = 0; i < 9; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"b{i}.image"), Image);
        }

        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", folder));
        Assert.AreEqual($"error: {folder} has 10 images; name the file: a.image, b0.image, b1.image, b2.image, b3.image, b4.image, b5.image, b6.image, b7.image, b8.image\n", _error.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", folder, "--key", "00:00:00:00:00:01"));
        Assert.Contains("--key chooses a checkpoint on a NAS's disk", _error.ToString());
    }

    [TestMethod]
    public void A_disk_whose_index_is_damaged_is_not_left_out()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "disks")).FullName;
        byte[] disk = new byte[65536];
        BitConverter.TryWriteBytes(disk, Cms.NasFormat.Magic);
        File.WriteAllBytes(Path.Combine(folder, "nas.disk"), disk);
        File.WriteAllBytes(Path.Combine(folder, "ecu1.disk"), new byte[65536]);
        File.WriteAllBytes(Path.Combine(folder, "a.image"), Image);
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", folder));
        Assert.Contains("no whole index", _out.ToString());
        Assert.DoesNotContain("ecu1.disk", _out.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", Path.Combine(folder, "nas.disk")));
        Assert.Contains("neither copy of a NAS's index on it is whole", _error.ToString());
    }

    [TestMethod]
    public void Half_a_dump_of_capabilities_is_not_compared()
    {
        string dump = CapabilityRows.Ended("# Before checkpoint\n000208\t00153-SW Gate\t0017d-SW Gate\t-\t00153-SW Gate\n00020c\t00154-SW IRQ\t-\t-\t-\n");
        Assert.EndsWith("\n# end: 4 capabilities\n", dump);
        string whole = Write("whole.txt", dump);
        Assert.AreEqual(ExitCodes.Success, Run("caps", "diff", whole, whole), _error.ToString());
        for (int length = 0; length < dump.Length - 1; length++)
        {
            string half = Write("half.txt", dump[..length]);
            Assert.AreEqual(ExitCodes.Usage, Run("caps", "diff", half, half), $"{length} of {dump.Length} characters");
        }

        Assert.Contains("it was cut short or changed", _error.ToString());
    }

    [TestMethod]
    public void Half_a_key_is_none()
    {
        string image = Put("a.image", Image);
        string key = Write("key", Convert.ToHexString(HostCrypto.DevelopmentKey(ImageSamples.Bench)));
        Assert.AreEqual(ExitCodes.Success, Run("image", "verify", image, "--key-file", key), _out.ToString());
        for (int length = 0; length < 64; length++)
        {
            Assert.AreEqual(ExitCodes.Usage, Run("image", "verify", image, "--key-file", Write("half", File.ReadAllText(key)[..length])), $"{length} digits");
        }

        Assert.Contains("half of the 64 hexadecimal digits", _error.ToString());
    }

    [TestMethod]
    [DataRow("iso-8859-1", "3:20: error: byte 0xE9 is not UTF-8; save the file as UTF-8")]
    [DataRow("utf-16", "1:1: error: this is UTF-16; save it as UTF-8")]
    public void A_bench_in_another_encoding_is_refused_with_its_place(string encoding, string message)
    {
        string path = Path.Combine(_folder, "cafe.xml");
        File.WriteAllText(path, "<bench>\n <board name='a'>\n  <rom name='x'>caf\u00e9</rom><config/></board></bench>", Encoding.GetEncoding(encoding));
        Assert.AreEqual(ExitCodes.BadBench, Run("run", path));
        Assert.AreEqual($"{path}:{message}\n", _error.ToString());
    }

    [TestMethod]
    public void A_bench_that_says_it_is_in_another_encoding_is_refused()
    {
        string path = Write("old.xml", "<?xml version='1.0' encoding='ISO-8859-1'?><bench/>");
        Assert.AreEqual(ExitCodes.BadBench, Run("run", path));
        Assert.Contains("bench files are in UTF-8, and this one says that it is in \"ISO-8859-1\"", _error.ToString());
        Assert.AreEqual("caf\u00e9", BenchReader.ReadFile(Write("new.xml", "\ufeff<?xml version='1.0' encoding='utf-8'?><bench><board name='a'><config/><rom name='x'>caf\u00e9</rom></board></bench>")).Boards[0].Roms["x"]);
    }

    [TestMethod]
    public void Half_a_bench_is_none()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", "sheep.xml"));
        int end = text.LastIndexOf('>');
        for (int length = 0; length < end; length += 7)
        {
            Assert.AreEqual(ExitCodes.BadBench, Run("show", Write("half.xml", text[..length])), $"{length} characters");
        }
    }

    private string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
