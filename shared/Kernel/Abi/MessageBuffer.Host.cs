// Reading a request for whoever explains it.
using System.Text;

namespace Tern.Kernel;

internal sealed partial class MessageBuffer
{
    /// <summary>The inline bytes as text.</summary>
    internal string TextOf() => Encoding.UTF8.GetString(Bytes, 0, Length);

    /// <summary>The service that a session request asks for: the first of its text, as long as its first word says.</summary>
    internal string ServiceName()
    {
        string text = TextOf();
        int length = WordCount > 0 ? Words[0] : 0;
        return length >= 0 && length <= text.Length ? text.Substring(0, length) : text;
    }
}
