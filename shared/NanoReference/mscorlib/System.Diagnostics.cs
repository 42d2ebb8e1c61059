// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Diagnostics;

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConditionalAttribute : Attribute
{
    public extern string ConditionString { get; }
    public extern ConditionalAttribute(string conditionString);
}

public static class Debug
{
    public static extern void Assert(bool condition);
    public static extern void Assert(bool condition, string message);
    public static extern void Assert(bool condition, string message, string detailedMessage);
    public static extern void Write(string message);
    public static extern void WriteLine();
    public static extern void WriteLine(string message);
}

public sealed class DebuggableAttribute : Attribute
{
    public extern bool IsJITTrackingEnabled { get; }
    public extern bool IsJITOptimizerDisabled { get; }
    public extern DebuggingModes DebuggingFlags { get; }
    public extern DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled);
    public extern DebuggableAttribute(DebuggingModes modes);

    public enum DebuggingModes
    {
        None = 0,
        Default = 1,
        DisableOptimizations = 256,
        IgnoreSymbolStoreSequencePoints = 2,
        EnableEditAndContinue = 4,
    }
}

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class DebuggerDisplayAttribute : Attribute
{
    public extern string Value { get; }
    public extern string Name { get; set; }
    public extern string Type { get; set; }
    public extern Type Target { get; set; }
    public extern string TargetTypeName { get; set; }
    public extern DebuggerDisplayAttribute(string value);
}

public sealed class DebuggerHiddenAttribute : Attribute
{
    public extern DebuggerHiddenAttribute();
}

public sealed class DebuggerNonUserCodeAttribute : Attribute
{
    public extern DebuggerNonUserCodeAttribute();
}

public sealed class DebuggerStepThroughAttribute : Attribute
{
    public extern DebuggerStepThroughAttribute();
}
