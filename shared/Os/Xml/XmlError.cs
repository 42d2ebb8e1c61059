// What can be wrong with a configuration as XML. Words for people: XmlErrors.
namespace Tern.Os;

/// <summary>Why a text was refused. A value's meaning (a port, an address) is not judged here: see <see cref="ValueState"/>.</summary>
public enum XmlError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The text ends before its root element does, or has none. Reported at the end of the text.</summary>
    UnexpectedEnd,

    /// <summary>A closing tag names another element than the one that is open. Reported at its <c>&lt;</c>.</summary>
    MismatchedTag,

    /// <summary>A name is missing or has a character that names do not have. Reported at that character.</summary>
    BadName,

    /// <summary>An attribute is not written <c>name="value"</c>. Reported where it departs from that.</summary>
    BadAttribute,

    /// <summary>An element has two attributes of one name. Reported at the second.</summary>
    DuplicateAttribute,

    /// <summary>A reference is none of the five named ones and no valid character's number. Reported at its <c>&amp;</c>.</summary>
    BadEntity,

    /// <summary>Elements are nested deeper than <see cref="XmlLimits.Depth"/>. Reported at the first one too deep.</summary>
    TooDeep,

    /// <summary>The text is longer than <see cref="XmlLimits.Bytes"/>. Reported where it crosses that.</summary>
    TooLong,

    /// <summary>An element has more than <see cref="XmlLimits.Attributes"/> attributes. Reported at the first one too many.</summary>
    TooManyAttributes,

    /// <summary>Before the root element stands something else than white space, comments and instructions.</summary>
    RootExpected,

    /// <summary>After the root element stands something else than white space, comments and instructions.</summary>
    TrailingContent,

    /// <summary>A control character, a noncharacter, or bytes that are not UTF-8.</summary>
    BadCharacter,

    /// <summary>A document type: Tern reads none, since nobody declares entities to an embedded board.</summary>
    DocumentType,

    /// <summary>The XML declaration is not the first thing, or says more than version 1.0, UTF-8 and standalone.</summary>
    BadDeclaration,

    /// <summary>Two hyphens within a comment. Reported at the first of them.</summary>
    BadComment,

    /// <summary><c>&lt;!</c> begins neither a comment nor, within an element, a CDATA section.</summary>
    BadMarkup,

    /// <summary><c>]]&gt;</c> in a text that is no CDATA section.</summary>
    StrayCDataEnd,
}
