// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Runtime.CompilerServices;

public sealed class CallerArgumentExpressionAttribute : Attribute
{
    public extern string ParameterName { get; }
    public extern CallerArgumentExpressionAttribute(string parameterName);
}

public sealed class CallerMemberNameAttribute : Attribute
{
    public extern CallerMemberNameAttribute();
}

public sealed class ExtensionAttribute : Attribute
{
    public extern ExtensionAttribute();
}

public sealed class IndexerNameAttribute : Attribute
{
    public extern IndexerNameAttribute(string indexerName);
}

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class InternalsVisibleToAttribute : Attribute
{
    public extern string AssemblyName { get; }
    public extern InternalsVisibleToAttribute(string assemblyName);
}

public static class IsExternalInit
{
}

public enum MethodCodeType
{
    IL = 0,
    Native = 1,
    OPTIL = 2,
    Runtime = 3,
}

public sealed class MethodImplAttribute : Attribute
{
    public MethodCodeType MethodCodeType;
    public extern MethodImplOptions Value { get; }
    public extern MethodImplAttribute(MethodImplOptions methodImplOptions);
    public extern MethodImplAttribute(short _value);
    public extern MethodImplAttribute();
}

[System.Flags]
public enum MethodImplOptions
{
    Unmanaged = 4,
    ForwardRef = 16,
    PreserveSig = 128,
    InternalCall = 4096,
    Synchronized = 32,
    NoInlining = 8,
}

public static class RuntimeHelpers
{
    public static extern int OffsetToStringData { get; }
    public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);
    public static extern object GetObjectValue(object obj);
    public static extern void RunClassConstructor(RuntimeTypeHandle type);
}
