// The words for XmlError, in one place, so that a tool or a log may show them and a lean firmware may drop them.
namespace Tern.Os;

/// <summary>Says in English what an <see cref="XmlError"/> means.</summary>
public static class XmlErrors
{
    /// <summary>A short text that says what would be right. Never empty, also for a number that is no error.</summary>
    public static string Describe(XmlError error) => error switch
    {
        XmlError.None => "well-formed",
        XmlError.UnexpectedEnd => "the text ends before the root element is closed",
        XmlError.MismatchedTag => "a closing tag must name the element that was opened last",
        XmlError.BadName => "a name is expected: a letter or _, then letters, digits, _ - . or :",
        XmlError.BadAttribute => "attributes are written name=\"value\", after a space, in opening tags, with &lt; for <",
        XmlError.DuplicateAttribute => "an element may have an attribute only once",
        XmlError.BadEntity => "a reference is &amp; &lt; &gt; &quot; &apos; &#decimal; or &#xhex;",
        XmlError.TooDeep => "elements may be nested " + XmlLimits.Depth.ToString() + " deep",
        XmlError.TooLong => "a configuration may have " + XmlLimits.Bytes.ToString() + " bytes",
        XmlError.TooManyAttributes => "an element may have " + XmlLimits.Attributes.ToString() + " attributes",
        XmlError.RootExpected => "a configuration begins with its root element",
        XmlError.TrailingContent => "nothing but comments may follow the root element",
        XmlError.BadCharacter => "text must be UTF-8 without control characters",
        XmlError.DocumentType => "a document type (<!DOCTYPE) is not supported",
        XmlError.BadDeclaration => "write <?xml version=\"1.0\" encoding=\"UTF-8\"?> at the very beginning, or leave it out",
        XmlError.BadComment => "a comment must not contain --",
        XmlError.BadMarkup => "<! begins a comment <!-- --> or, in an element, <![CDATA[ ]]>",
        XmlError.StrayCDataEnd => "outside of CDATA write ]]&gt; for ]]>",
        _ => "unknown error",
    };
}
