// Random documents and random damage, both from a seed, for the fuzz tests and the comparison with System.Xml.
using System;
using System.Text;

namespace Tern.Os.Tests;

/// <summary>Writes documents in every way that the reader accepts: both quotes, all references, CDATA sections, comments,
/// instructions, white space wherever it may stand, all three line ends, characters of one to four bytes.</summary>
internal sealed class XmlDocuments(int seed)
{
    private static readonly string[] Spaces = [" ", "\n", "\t", "\r\n", "\r", "  \n "];
    private static readonly string[] Names = ["a", "b", "config", "any-service", "_x.1", "Ab", "p:q"];
    private static readonly string[] Characters =
        ["x", "1", " ", "\n", "\r\n", "\r", "\t", "ä", "€", "\u007F", "\uFFFD", "\U0001F600", "]", "]]", ">", "-", "?", "/", "="];

    private static readonly string[] References =
    [
        "&lt;", "&gt;", "&amp;", "&quot;", "&apos;",
        "&#65;", "&#x20;", "&#10;", "&#13;", "&#9;", "&#xE4;", "&#8364;", "&#x1F600;", "&#00065;",
    ];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    internal string Document()
    {
        _text.Clear();
        Maybe(2, () => _text.Append("<?xml version=\"1.0\" encoding='UTF-8'?>"));
        Miscellany();
        Element(1);
        Miscellany();
        return _text.ToString();
    }

    /// <summary>Damages a text in one to three places: bytes dropped, repeated, changed, or put in.</summary>
    internal byte[] Damaged(byte[] text)
    {
        const string Likely = "<>/!?&;'\"=-[]#x \n\0aD\uFFFD";
        for (int count = _random.Next(1, 4); count > 0 && text.Length > 0; count--)
        {
            int at = _random.Next(text.Length);
            int until = Math.Min(text.Length, at + _random.Next(1, 5));
            byte put = _random.Next(4) == 0 ? (byte)_random.Next(256) : (byte)Likely[_random.Next(Likely.Length)];
            text = _random.Next(5) switch
            {
                0 => [.. text[..at], .. text[until..]],
                1 => [.. text[..until], .. text[at..]],
                2 => [.. text[..at], put, .. text[(at + 1)..]],
                3 => [.. text[..at], put, .. text[at..]],
                _ => [.. text[..at], (byte)(text[at] ^ (1 << _random.Next(8))), .. text[(at + 1)..]],
            };
        }

        return text;
    }

    private void Element(int depth)
    {
        string name = Any(Names);
        _text.Append('<').Append(name);
        string used = "|";
        Some(4, () =>
        {
            string attribute = Any(Names);
            if (!used.Contains("|" + attribute + "|", StringComparison.Ordinal))
            {
                used += attribute + "|";
                Attribute(attribute);
            }
        });
        Space();
        if (_random.Next(3) == 0)
        {
            _text.Append("/>");
            return;
        }

        _text.Append('>');
        Some(depth < 6 ? 5 : 2, () => Content(depth));
        _text.Append("</").Append(name);
        Space();
        _text.Append('>');
    }

    private void Attribute(string name)
    {
        _text.Append(Any(Spaces)).Append(name);
        Space();
        _text.Append('=');
        Space();
        string quote = _random.Next(2) == 0 ? "'" : "\"";
        _text.Append(quote);
        Some(6, () => _text.Append(_random.Next(3) == 0 ? Any(References) : Any(Characters)));
        Maybe(4, () => _text.Append(quote == "'" ? '"' : '\''));
        _text.Append(quote);
    }

    private void Content(int depth)
    {
        switch (_random.Next(6))
        {
            case 0:
                _text.Append("<![CDATA[");
                Some(5, () => _text.Append(_random.Next(3) == 0 ? Any(References) + "<a" : Harmless()));
                _text.Append("]]>");
                break;
            case 1:
                Aside();
                break;
            case 2:
                Some(6, () => _text.Append(_random.Next(3) == 0 ? Any(References) : Harmless()));
                break;
            default:
                if (depth < XmlLimits.Depth)
                {
                    Element(depth + 1);
                }

                break;
        }
    }

    /// <summary>A character that makes no <c>]]&gt;</c> of what stands before it.</summary>
    private string Harmless() => Any(Characters).Replace(">", "->", StringComparison.Ordinal);

    private void Aside() => _text.Append(_random.Next(4) switch
    {
        0 => "<?p <a ?? >?>",
        1 => "<?xml-p?>",
        2 => "<!---->",
        _ => "<!-- > - <a> & ä ]]> -->",
    });

    private void Miscellany() => Some(3, () =>
    {
        Space();
        Maybe(2, Aside);
    });

    private void Space() => Maybe(3, () => _text.Append(Any(Spaces)));

    private string Any(string[] of) => of[_random.Next(of.Length)];

    private void Maybe(int oneIn, Action then)
    {
        if (_random.Next(oneIn) == 0)
        {
            then();
        }
    }

    private void Some(int below, Action then)
    {
        for (int count = _random.Next(below); count > 0; count--)
        {
            then();
        }
    }
}
