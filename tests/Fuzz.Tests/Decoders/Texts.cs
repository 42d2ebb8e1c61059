// What the decoders of texts have in common: pieces of XML, and the configurations of the thesis.
using System.Text;

namespace Tern.Fuzz.Tests;

internal static class Texts
{
    internal static byte[][] Tokens { get; } = Of(
        "<", ">", "/>", "</", "<a", "<a>", "</a>", "</config>", "<config>", "<start name=\"a\">", "\"", "'", "=", "&amp;", "&#0;", "&#x10ffff;", "&lt", "<!--",
        "-->", "<![CDATA[", "]]>", "<?x", "?>", "<!DOCTYPE a>", " ", "\n", "\0", "ä", "\ufeff", "0", "-1", "4294967295", "4294967296", "9223372036854775808",
        "99999999999999999999", "4G", "0x7fffffff", "yes", "10.0.0.256", "10.0.0.1/33", "0.0.0.0/0", "name=\"\"", "name=\"a\" name=\"b\"",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "<b><b><b><b><b><b><b><b>", "</b></b></b></b></b></b></b></b>");

    internal static byte[][] Of(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
