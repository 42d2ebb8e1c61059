// A component's environment: its log, a line a message.
// Invariants: no text is lost for being longer than a message, and no character is cut in two; a further line has the first one's
// level and dots before its text, so nothing that a text quotes can stand at the beginning of a line.
using System.Text;

namespace Tern.Kernel;

public sealed partial class Env
{
    private const string More = "... ";

    /// <summary>
    /// Writes to the component's LOG session: one line, or several when the text is longer than a message. A text that begins with
    /// <c>Error:</c>, <c>Warning:</c> or <c>Debug:</c> has that level, in each of its lines.
    /// </summary>
    public void Log(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int at = LogLine(bytes, 0, "");
        if (at < bytes.Length)
        {
            string head = LevelOf(text) + More;
            while (at < bytes.Length)
            {
                at = LogLine(bytes, at, head);
            }
        }
    }

    /// <summary>Writes as much as one message takes.</summary>
    /// <returns>Where the next line begins.</returns>
    private int LogLine(byte[] bytes, int at, string head)
    {
        Message message = Compose(LogOperation.Write).AddText(head);
        int length = LineLength(bytes, at, Message.MaxBytes - head.Length);
        Call(Selectors.Log, message.AddBytes(bytes, at, length));
        int next = at + length;
        return next < bytes.Length && bytes[next] == ' ' ? next + 1 : next;
    }

    /// <summary>How many bytes go into a line: up to the last blank in its second half, or else all whole characters that it has room for.</summary>
    private static int LineLength(byte[] bytes, int at, int room)
    {
        if (bytes.Length - at <= room)
        {
            return bytes.Length - at;
        }

        for (int length = room; length > room / 2; length--)
        {
            if (bytes[at + length] == ' ')
            {
                return length;
            }
        }

        // A character's further bytes begin with the bits 10.
        while (room > 1 && (bytes[at + room] & 0xc0) == 0x80)
        {
            room--;
        }

        return room;
    }

    private static string LevelOf(string text)
    {
        int begin = 0;
        while (text[begin] == ' ' && begin < text.Length - 1)
        {
            begin++;
        }

        int colon = text.IndexOf(':');
        string word = colon < begin ? "" : text.Substring(begin, colon - begin);
        return word == "Error" || word == "Warning" || word == "Debug" ? word + ": " : "";
    }
}
