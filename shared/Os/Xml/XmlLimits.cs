// How large and how nested a configuration may be. What these limits refuse is refused by name, before it costs anything.
namespace Tern.Os;

/// <summary>The bounds that every configuration keeps; <see cref="XmlNode"/> refuses a text that exceeds them.</summary>
public static class XmlLimits
{
    /// <summary>Bytes of one text, not counting the zeros that may pad it at its end.</summary>
    public const int Bytes = 64 * 1024;

    /// <summary>Elements within one another, the root included.</summary>
    public const int Depth = 16;

    /// <summary>Attributes of one element. Their names are compared each with each, so this also bounds that work.</summary>
    public const int Attributes = 32;
}
