// What somebody may have meant who wrote something else.
namespace Tern.HostEmulator;

internal static class Spelling
{
    /// <summary>Comparing takes the product of two lengths; a longer word is no slip of the pen.</summary>
    private const int MostLetters = 100;

    /// <summary>The closest known word, as a sentence's end; nothing when none is close.</summary>
    internal static string DidYouMean(string word, IEnumerable<string> known) =>
        Closest(word, known) is { } closest ? $"; did you mean \"{closest}\"?" : "";

    /// <summary>The known word with the fewest letters changed, if these are at most a third.</summary>
    internal static string? Closest(string word, IEnumerable<string> known) => word.Length > MostLetters ? null : known
        .Where(candidate => candidate.Length <= MostLetters)
        .Select(candidate => (candidate, distance: Distance(word, candidate)))
        .Where(pair => pair.distance <= Math.Max(1, Math.Max(word.Length, pair.candidate.Length) / 3) || IsPart(word, pair.candidate))
        .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    /// <summary>Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    private static bool IsPart(string word, string candidate) =>
        word.Length >= 3 && candidate.Contains(word, StringComparison.OrdinalIgnoreCase);
}
