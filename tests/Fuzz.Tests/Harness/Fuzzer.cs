// Gives a decoder the kept inputs and then many new ones (docs/testing.md).
//   TERN_FUZZ=N        N new inputs for each decoder instead of the suite's few; a failing one is put into the corpus
//   TERN_FUZZ_FROM=I   the first of them is number I: with TERN_FUZZ=1 a single one is replayed
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tern.Fuzz.Tests;

internal static class Fuzzer
{
    /// <summary>Attacks a decoder.</summary>
    /// <returns>How many inputs it got.</returns>
    internal static long Run(Decoder decoder)
    {
        long count = 0;
        foreach (string file in Kept(decoder))
        {
            Give(decoder, Convert.FromHexString(File.ReadAllText(file).Trim()), Path.GetFileName(file));
            count++;
        }

        var mutator = new Mutator(decoder);
        long from = Setting("TERN_FUZZ_FROM", 0);
        long end = from + Setting("TERN_FUZZ", decoder.Inputs);
        for (long number = from; number < end; number++)
        {
            Give(decoder, mutator.Make(number), number.ToString(CultureInfo.InvariantCulture));
            count++;
        }

        return count;
    }

    private static string[] Kept(Decoder decoder)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Corpus", decoder.Name);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.hex").Order(StringComparer.Ordinal)] : [];
    }

    private static void Give(Decoder decoder, byte[] input, string number)
    {
        try
        {
            decoder.Take(input);
        }
        catch (Exception e)
        {
            string hex = Convert.ToHexString(input);
            if (Environment.GetEnvironmentVariable("TERN_FUZZ") is not null)
            {
                string folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "Corpus", decoder.Name);
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, number + ".hex"), hex + "\n");
            }

            throw new AssertFailedException($"{decoder.Name}, input {number}: {e.Message}\nkeep it as Corpus/{decoder.Name}/{number}.hex:\n{hex}", e);
        }
    }

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    private static string Here([CallerFilePath] string file = "") => file;
}
