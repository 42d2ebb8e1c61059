// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Reflection;

public sealed class AssemblyCompanyAttribute : Attribute
{
    public extern string Company { get; }
    public extern AssemblyCompanyAttribute(string company);
}

public sealed class AssemblyConfigurationAttribute : Attribute
{
    public extern string Configuration { get; }
    public extern AssemblyConfigurationAttribute(string configuration);
}

public sealed class AssemblyCopyrightAttribute : Attribute
{
    public extern string Copyright { get; }
    public extern AssemblyCopyrightAttribute(string copyright);
}

public sealed class AssemblyDescriptionAttribute : Attribute
{
    public extern string Description { get; }
    public extern AssemblyDescriptionAttribute(string description);
}

public sealed class AssemblyFileVersionAttribute : Attribute
{
    public extern string Version { get; }
    public extern AssemblyFileVersionAttribute(string version);
}

public sealed class AssemblyInformationalVersionAttribute : Attribute
{
    public extern string InformationalVersion { get; }
    public extern AssemblyInformationalVersionAttribute(string informationalVersion);
}

public sealed class AssemblyProductAttribute : Attribute
{
    public extern string Product { get; }
    public extern AssemblyProductAttribute(string product);
}

public sealed class AssemblyTitleAttribute : Attribute
{
    public extern string Title { get; }
    public extern AssemblyTitleAttribute(string title);
}

public sealed class AssemblyVersionAttribute : Attribute
{
    public extern string Version { get; }
    public extern AssemblyVersionAttribute(string version);
}

public sealed class DefaultMemberAttribute : Attribute
{
    public extern string MemberName { get; }
    public extern DefaultMemberAttribute(string memberName);
}

public abstract class MemberInfo
{
    public abstract MemberTypes MemberType { get; }
    public abstract string Name { get; }
    public abstract Type DeclaringType { get; }
    public abstract object[] GetCustomAttributes(bool inherit);
    protected extern MemberInfo();
}

public enum MemberTypes
{
    Constructor = 1,
    Event = 2,
    Field = 4,
    Method = 8,
    Property = 16,
    TypeInfo = 32,
    Custom = 64,
    NestedType = 128,
    All = 191,
}
