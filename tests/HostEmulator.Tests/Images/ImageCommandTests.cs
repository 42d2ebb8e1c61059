// tern image and tern caps as a person uses them, on what a real run leaves: output, errors and exit statuses.
using System.Text.Json;
using Tern.Rtcr;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public sealed class ImageCommandTests : IDisposable
{
    private const string Key = "34:36:00:0c:22:38+131072";

    private static readonly string Left = Directory.CreateTempSubdirectory("tern-run-").FullName;

    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;

    private static string Images => Path.Combine(Left, "images");

    private static string Disks => Path.Combine(Left, "disks");

    private static string Caps => Path.Combine(Left, "caps");

    private static string AnImage => Path.Combine(Images, "sheep_1-2-ecu1.image");

    [ClassInitialize]
    public static void RunOnce(TestContext context)
    {
        using var nowhere = new StringWriter();
        string[] arguments = ["run", "checkpoint-management", "--log-level", "error", "--nas-directory", Disks, "--images", Images, "--capability-dumps", Caps];
        Assert.AreEqual(ExitCodes.Success, CommandLine.Run(arguments, new Output(nowhere, nowhere)), nowhere.ToString());
    }

    [ClassCleanup]
    public static void RemoveRun() => Directory.Delete(Left, recursive: true);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public void A_run_keeps_each_committed_image_once_and_each_is_whole()
    {
        string[] files = [.. Directory.GetFiles(Images).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.AreEqual("sheep_1-1-ecu1.image sheep_1-2-ecu1.image", string.Join(' ', files.Take(2)));
        int commits = 0;
        using (var run = new BenchRun(new BenchCatalog().Read("checkpoint-management"), new BenchOptions()))
        {
            run.Run();
            commits = run.Reports.All.Count(report => report.Word == ReportWords.Committed);
        }

        Assert.HasCount(commits, files);
        foreach (string file in files)
        {
            Assert.AreEqual(ExitCodes.Success, Run("image", "verify", Path.Combine(Images, file)), file + "\n" + _out);
        }

        Assert.Contains("ok   code          sealed with the development key of bench checkpoint-management\n", _out.ToString());
        Assert.EndsWith("whole and sealed; a restore takes it\n", _out.ToString());
    }

    [TestMethod]
    public void A_disk_and_a_directory_list_their_checkpoints()
    {
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", Disks));
        string[] lines = _out.ToString().Split('\n');
        Assert.AreEqual("file      key                       component  commit  epoch     size  state", lines[0]);
        Assert.IsTrue(Array.Exists(lines, line => line.StartsWith($"nas.disk  {Key}  sheep_2", StringComparison.Ordinal) && line.EndsWith("6,176 B  stored", StringComparison.Ordinal)), _out.ToString());
        Assert.IsTrue(Array.Exists(lines, line => line.EndsWith("forgotten", StringComparison.Ordinal)), _out.ToString());
        string all = _out.ToString();
        _out.GetStringBuilder().Clear();
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", Path.Combine(Disks, "nas.disk")));
        Assert.AreEqual(all, _out.ToString());
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", Images));
        Assert.Contains("sheep_1-1-ecu1.image  34:36:00:0c:22:38  sheep_1         1      1  6,176 B  file\n", _out.ToString());
    }

    [TestMethod]
    public void A_disk_with_either_copy_of_its_index_torn_is_read_from_the_other()
    {
        byte[] disk = File.ReadAllBytes(Path.Combine(Disks, "nas.disk"));
        Run("image", "list", Disks);
        string whole = _out.ToString();
        foreach (int copy in (int[])[0, 4096])
        {
            File.WriteAllBytes(Path.Combine(_folder, "nas.disk"), ImageSamples.With(disk, bytes => bytes[copy + 100] ^= 1));
            _out.GetStringBuilder().Clear();
            Assert.AreEqual(ExitCodes.Success, Run("image", "list", _folder), _error.ToString());
            Assert.AreEqual(whole, _out.ToString());
        }

        File.WriteAllBytes(Path.Combine(_folder, "nas.disk"), ImageSamples.With(disk, bytes => bytes[100] = bytes[4196] ^= 1));
        _out.GetStringBuilder().Clear();
        Assert.AreEqual(ExitCodes.Success, Run("image", "list", _folder));
        Assert.EndsWith("no whole index\n", _out.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", _folder, "--key", Key));
        Assert.Contains("is not blank, but neither copy of a NAS's index on it is whole", _error.ToString());
    }

    [TestMethod]
    public void What_is_on_a_disk_comes_out_as_a_file_byte_for_byte()
    {
        string file = Path.Combine(_folder, "out.image");
        Assert.AreEqual(ExitCodes.Success, Run("image", "export", Disks, file, "--key", Key), _error.ToString());
        CollectionAssert.AreEqual(ImageSource.Load(Disks, new CheckpointKey(0x3436000c2238, 131072)), File.ReadAllBytes(file));
        Assert.AreEqual(ExitCodes.Success, Run("image", "verify", file));
        Assert.AreEqual(ExitCodes.Usage, Run("image", "export", Disks, file, "--key", Key), "nothing is overwritten");
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", Disks));
        Assert.Contains("several checkpoints; choose one with --key: ", _error.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", Disks, "--key", "34:36:00:0c:22:38+7"));
        Assert.Contains("has no checkpoint 34:36:00:0c:22:38+7; it has ", _error.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", Disks, "--key", "ecu1"));
        Assert.Contains("such as 34:36:00:0c:22:38+0", _error.ToString());
    }

    [TestMethod]
    public void A_damaged_image_is_explained_with_place_and_advice()
    {
        string file = Path.Combine(_folder, "bad.image");
        File.WriteAllBytes(file, ImageSamples.With(File.ReadAllBytes(AnImage), bytes => bytes[700] ^= 4));
        Assert.AreEqual(ExitCodes.Failed, Run("image", "verify", file));
        Assert.Contains("bad  code          byte 6144: this is not the authentication code of these bytes with any of ", _out.ToString());
        Assert.Contains("bad  checksum      byte 28: the header says CRC-32 ", _out.ToString());
        string last = _out.ToString().TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith(file + ": bad layout at byte 700: a byte between sections and contents is 4 instead of 0", last);
        Assert.Contains("; bytes have changed since it was sealed: take it from the NAS again", last);
    }

    [TestMethod]
    public void A_key_file_holds_the_key_as_bytes_or_digits()
    {
        byte[] key = HostCrypto.DevelopmentKey("checkpoint-management");
        string file = Path.Combine(_folder, "key");
        File.WriteAllBytes(file, key);
        Assert.AreEqual(ExitCodes.Success, Run("image", "verify", AnImage, "--key-file", file));
        File.WriteAllText(file, Convert.ToHexString(key) + "\n");
        Assert.AreEqual(ExitCodes.Success, Run("image", "verify", AnImage, "--key-file", file));
        File.WriteAllText(file, "secret");
        Assert.AreEqual(ExitCodes.Usage, Run("image", "verify", AnImage, "--key-file", file));
        Assert.Contains("key has 6 bytes; a key file has 32 bytes, or 64 hexadecimal digits", _error.ToString());
        Assert.AreEqual(ExitCodes.Failed, Run("image", "verify", AnImage, "--bench", "another"));
        Assert.Contains("with the development key of bench another", _out.ToString());
    }

    [TestMethod]
    public void Inspecting_shows_tables_one_section_bytes_or_json()
    {
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", AnImage));
        Assert.StartsWith("sheep_1, program sheep_counter: checkpoint 2 of epoch 1, taken at 34:36:00:0c:22:38\n", _out.ToString());
        Assert.Contains("  000011    0003a  gate        #10    session Timer\n", _out.ToString());
        _out.GetStringBuilder().Clear();
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", AnImage, "--section", "identity", "--hex"));
        Assert.Contains("0773686565705f31   name           \"sheep_1\"\n", _out.ToString());
        _out.GetStringBuilder().Clear();
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", AnImage, "--format", "json"));
        using JsonDocument json = JsonDocument.Parse(_out.ToString());
        Assert.AreEqual("sheep_1", json.RootElement.GetProperty("sections").GetProperty("identity")[0].GetProperty("name").GetString());
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void What_is_no_image_is_said_to_be_none()
    {
        string file = Path.Combine(_folder, "text.image");
        File.WriteAllText(file, "this is not an image, though it is long enough to be one: " + new string('x', 200));
        Assert.AreEqual(ExitCodes.Success, Run("image", "inspect", file));
        Assert.Contains("warning: this is no image of version " + ImageFormat.Version, _error.ToString());
        Assert.AreEqual(ExitCodes.Failed, Run("image", "verify", file));
        Assert.AreEqual(ExitCodes.Usage, Run("image", "diff", file, AnImage));
        Assert.AreEqual(ExitCodes.Usage, Run("image", "inspect", Path.Combine(_folder, "nothing")));
        Assert.Contains("there is no file or directory", _error.ToString());
    }

    [TestMethod]
    public void Comparing_ends_as_diff_does()
    {
        string next = Path.Combine(Images, "sheep_1-3-ecu1.image");
        Assert.AreEqual(ExitCodes.Success, Run("image", "diff", AnImage, AnImage));
        Assert.AreEqual("the same\n", _out.ToString());
        Assert.AreEqual(ExitCodes.Failed, Run("image", "diff", AnImage, next));
        Assert.Contains("  ~ commit: 2 -> 3\n", _out.ToString());
        Assert.Contains("#10 session Timer: state remaining_ns: ", _out.ToString());
        Assert.AreEqual(ExitCodes.Failed, Run("image", "diff", AnImage, next, "--stat"));
        Assert.Contains("header       | 3 fields changed\n", _out.ToString());
    }

    [TestMethod]
    public void Capability_spaces_before_and_after_a_restore_are_equal_but_for_badges()
    {
        string[] files = [.. Directory.GetFiles(Caps).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.AreEqual("sheep_1-1-after.txt sheep_1-1-before.txt sheep_2-1-after.txt sheep_2-1-before.txt", string.Join(' ', files));
        Assert.AreEqual(ExitCodes.Success, Run("caps", "diff", Path.Combine(Caps, files[1]), Path.Combine(Caps, files[0])), _error.ToString());
        Assert.AreEqual("equal but for badges: 10 capabilities in both, 10 with another badge\n", _out.ToString());
    }

    [TestMethod]
    public void A_row_that_is_missing_or_extra_or_another_is_named()
    {
        string before = Dump("000208\t00153-SW Gate\t0017d-SW Gate\t00180-SW IRQ\t00153-SW Gate");
        string after = Dump("# restored\n000208\t001eb-SW Gate\t-\t00217-SW Gate\t00300-SW Gate\n00020c\t00301-SW IRQ");
        Assert.AreEqual(ExitCodes.Failed, Run("caps", "diff", before, after));
        Assert.AreEqual(
            """
            - 000209 Gate: missing after the restore
            ~ 00020a IRQ: is a Gate after the restore
            ~ 00020b Gate: named the same object as 000208, and does not after the restore
            + 00020c IRQ: not there before
            4 differences; 3 capabilities in both, 3 with another badge

            """,
            _out.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("caps", "diff", before, Dump("000208\tgate")));
        Assert.Contains(":1: \"", _error.ToString());
    }

    [TestMethod]
    [DataRow("image", "--help")]
    [DataRow("image", "list", "--help")]
    [DataRow("image", "inspect", "--help")]
    [DataRow("image", "verify", "--help")]
    [DataRow("image", "diff", "--help")]
    [DataRow("image", "export", "--help")]
    [DataRow("caps", "--help")]
    [DataRow("caps", "diff", "--help")]
    public void Help_has_examples_and_exit_statuses(params string[] arguments)
    {
        Assert.AreEqual(ExitCodes.Success, Run(arguments));
        Assert.Contains("Examples:\n  tern ", _out.ToString());
        Assert.Contains("Exit status:\n  0  ", _out.ToString());
    }

    [TestMethod]
    [DataRow("Try \"tern image inspect --help\".", "image", "inspect")]
    [DataRow("Try \"tern image inspect --help\".", "image", "inspect", "x", "--section", "secrets")]
    [DataRow("Try \"tern image --help\".", "image", "explode")]
    [DataRow("Try \"tern caps diff --help\".", "caps", "diff", "one")]
    [DataRow("Try \"tern run --help\".", "run", "--seeds", "2", "--images", "x")]
    public void A_wrong_command_line_names_the_help_to_read(string hint, params string[] arguments)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(arguments));
        Assert.Contains(hint, _error.ToString());
    }

    private string Dump(string text)
    {
        string file = Path.Combine(_folder, $"{Directory.GetFiles(_folder).Length}.txt");
        File.WriteAllText(file, CapabilityRows.Ended(text));
        return file;
    }

    private int Run(params string[] arguments) => CommandLine.Run(arguments, new Output(_out, _error));
}
