// tern image verify: every check that a restore makes, a line each, and in one sentence what is wrong, where, and what to do.
using System.CommandLine;
using System.Text;

namespace Tern.HostEmulator;

internal static class ImageVerifyCommand
{
    private const int KeySize = 32;
    private const int MostKeyFile = 4096;
    private const int MostFaults = 20;

    internal static Command New(Output output, BenchCatalog catalog)
    {
        Argument<string> path = ImageCommand.PathArgument();
        Option<string?> key = ImageCommand.KeyOption();
        Option<string?> keyFile = Values.Path("--key-file", "the checkpoint key: 32 bytes, or 64 hexadecimal digits; otherwise the benches' development keys", "file");
        Option<string?> bench = Values.Word("--bench", "the development key of a bench of this name alone");
        var command = new Command("verify", "Check an image as a restore does: seal, structure, references.") { path, key, keyFile, bench };
        ExamplesHelp.AddTo(
            ExitCodes.VerifyHelp,
            command,
            new("tern image verify images/sheep_1-3-ecu1.image", "sealed with the development key of one of the benches"),
            new("tern image verify sheep.image --bench my-bench", "of a bench of your own"),
            new("tern image verify sheep.image --key-file vehicle.key", "of a vehicle"),
            new("tern image verify disks --key 34:36:00:0c:22:38+0", "a checkpoint on a NAS's disk"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            byte[] image = ImageCommand.Load(parsed, path, key);
            SealKey[] keys = parsed.GetValue(keyFile) is { } file ? [ReadKey(file)]
                : parsed.GetValue(bench) is { } name ? [OfBench(name)]
                : OfCatalog(catalog);
            return Write(output.Standard, parsed.GetValue(path)!, ImageVerifier.Verify(image, keys));
        }));
        return command;
    }

    private static int Write(TextWriter writer, string path, List<ImageCheck> checks)
    {
        int width = checks.Max(check => check.Name.Length);
        foreach (ImageCheck check in checks)
        {
            string detail = check.Outcome != CheckOutcome.Bad ? check.Detail
                : check.Faults[0] + (check.Faults.Count > 1 ? $" (and {Invariant.Of(check.Faults.Count - 1)} more)" : "");
            string word = check.Outcome switch { CheckOutcome.Good => "ok ", CheckOutcome.Bad => "bad", _ => "-  " };
            writer.WriteLine($"{word}  {check.Name.PadRight(width)}  {detail}".TrimEnd());
        }

        writer.WriteLine();
        ImageCheck? first = checks.Find(check => check.Outcome == CheckOutcome.Bad);
        if (first is null)
        {
            writer.WriteLine($"{path}: whole and sealed; a restore takes it");
            return ExitCodes.Success;
        }

        foreach (ImageCheck check in checks.Where(check => check.Faults.Count > 1))
        {
            foreach (ImageFault fault in check.Faults.Take(MostFaults))
            {
                writer.WriteLine($"  {check.Name}: {fault}");
            }
        }

        ImageCheck told = MostTelling(checks);
        writer.WriteLine($"{path}: bad {told.Name} at {told.Faults[0]}; {AdviceFor(told, checks)}");
        return ExitCodes.Failed;
    }

    /// <summary>What is wrong with one field says more than a wrong checksum of all, and that more than a wrong code.</summary>
    private static ImageCheck MostTelling(List<ImageCheck> checks) => checks
        .Where(check => check.Outcome == CheckOutcome.Bad)
        .MinBy(check => check.Name switch { SealChecks.CodeName => 2, SealChecks.ChecksumName => 1, _ => 0 })!;

    /// <summary>Where bytes have changed since the image was sealed, what they mean now is nobody's fault.</summary>
    private static string AdviceFor(ImageCheck told, List<ImageCheck> checks)
    {
        ImageCheck code = checks.Single(check => check.Name == SealChecks.CodeName);
        return code.Outcome == CheckOutcome.Bad && !told.IsOfHeader ? code.Advice : told.Advice;
    }

    private static SealKey OfBench(string name) => new($"the development key of bench {name}", HostCrypto.DevelopmentKey(name));

    /// <summary>A bench's name is its file's, unless the file says otherwise: then --bench helps.</summary>
    private static SealKey[] OfCatalog(BenchCatalog catalog) => [.. catalog.Names.Select(OfBench)];

    private static SealKey ReadKey(string file)
    {
        byte[] content = TextFile.ReadBytes(file, MostKeyFile);
        string text = Encoding.ASCII.GetString(content).Trim();
        if (content.Length == KeySize && text.All(char.IsAsciiHexDigit))
        {
            throw new InvalidDataException($"{file} has half of the {Invariant.Of(2 * KeySize)} hexadecimal digits of a key; was it cut short?");
        }

        byte[] key = content.Length == KeySize ? content
            : text.Length == 2 * KeySize && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text)
            : throw new InvalidDataException($"{file} has {Quantity.Count(content.Length, "byte")}; a key file has 32 bytes, or 64 hexadecimal digits");
        return new SealKey($"the key of {file}", key);
    }
}
