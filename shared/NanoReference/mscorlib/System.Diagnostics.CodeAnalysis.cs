// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Diagnostics.CodeAnalysis;

public sealed class AllowNullAttribute : Attribute
{
    public extern AllowNullAttribute();
}

public sealed class DisallowNullAttribute : Attribute
{
    public extern DisallowNullAttribute();
}

public sealed class DoesNotReturnAttribute : Attribute
{
    public extern DoesNotReturnAttribute();
}

public sealed class DoesNotReturnIfAttribute : Attribute
{
    public extern bool ParameterValue { get; }
    public extern DoesNotReturnIfAttribute(bool parameterValue);
}

public sealed class MaybeNullAttribute : Attribute
{
    public extern MaybeNullAttribute();
}

public sealed class MaybeNullWhenAttribute : Attribute
{
    public extern bool ReturnValue { get; }
    public extern MaybeNullWhenAttribute(bool returnValue);
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true)]
public sealed class MemberNotNullAttribute : Attribute
{
    public extern string[] Members { get; }
    public extern MemberNotNullAttribute(string member);
    public extern MemberNotNullAttribute(params string[] members);
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true)]
public sealed class MemberNotNullWhenAttribute : Attribute
{
    public extern bool ReturnValue { get; }
    public extern string[] Members { get; }
    public extern MemberNotNullWhenAttribute(bool returnValue, string member);
    public extern MemberNotNullWhenAttribute(bool returnValue, params string[] members);
}

public sealed class NotNullAttribute : Attribute
{
    public extern NotNullAttribute();
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, AllowMultiple = true)]
public sealed class NotNullIfNotNullAttribute : Attribute
{
    public extern string ParameterName { get; }
    public extern NotNullIfNotNullAttribute(string parameterName);
}

public sealed class NotNullWhenAttribute : Attribute
{
    public extern bool ReturnValue { get; }
    public extern NotNullWhenAttribute(bool returnValue);
}
