// Lists of words in one string, separated by single blanks: on a board they cost no object a word.
namespace Tern.Os;

/// <summary>Looks words up in such lists.</summary>
internal static class Words
{
    /// <summary>Whether a list has a word.</summary>
    internal static bool Has(string list, string word) => IndexOf(list, word) >= 0;

    /// <summary>Which word of a list it is, counted from 0; −1 for none.</summary>
    internal static int IndexOf(string list, string word)
    {
        int index = 0;
        int begin = 0;
        while (begin < list.Length)
        {
            int end = list.IndexOf(' ', begin);
            end = end < 0 ? list.Length : end;
            if (end - begin == word.Length && list.Substring(begin, end - begin) == word)
            {
                return index;
            }

            begin = end + 1;
            index++;
        }

        return -1;
    }
}
