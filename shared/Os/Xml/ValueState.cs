// The four answers to "what does this attribute say?": a configuration's author must learn of a value that was not understood,
// so absent and malformed are never the same answer.
namespace Tern.Os;

/// <summary>What came of reading a value. From <see cref="Malformed"/> on, the configuration is wrong.</summary>
public enum ValueState
{
    /// <summary>There is no such attribute; the variable keeps what it had, which is the default.</summary>
    Absent,

    /// <summary>The value was read.</summary>
    Valid,

    /// <summary>The value is not written as its type asks; the variable keeps what it had.</summary>
    Malformed,

    /// <summary>The value is well written but outside of its range; the variable keeps what it had.</summary>
    OutOfRange,
}
