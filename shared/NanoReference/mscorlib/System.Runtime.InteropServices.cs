// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Runtime.InteropServices;

public enum CharSet
{
    None = 1,
    Ansi = 2,
    Unicode = 3,
    Auto = 4,
}

public enum LayoutKind
{
    Sequential = 0,
    Explicit = 2,
    Auto = 3,
}

public sealed class OutAttribute : Attribute
{
    public extern OutAttribute();
}

public sealed class StructLayoutAttribute : Attribute
{
    public int Pack;
    public int Size;
    public CharSet CharSet;
    public extern LayoutKind Value { get; }
    public extern StructLayoutAttribute(LayoutKind layoutKind);
    public extern StructLayoutAttribute(short layoutKind);
}
