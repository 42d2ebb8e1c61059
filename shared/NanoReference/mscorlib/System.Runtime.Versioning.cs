// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Runtime.Versioning;

public sealed class TargetFrameworkAttribute : Attribute
{
    public extern string FrameworkName { get; }
    public extern string FrameworkDisplayName { get; set; }
    public extern TargetFrameworkAttribute(string frameworkName);
}
