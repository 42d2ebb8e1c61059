// Reference stub of nanoFramework's test framework: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

using System;

namespace TestFrameworkShared;

public class AssertFailedException : Exception
{
    public extern AssertFailedException(string msg, Exception ex);
    public extern AssertFailedException(string msg);
    public extern AssertFailedException();
}
