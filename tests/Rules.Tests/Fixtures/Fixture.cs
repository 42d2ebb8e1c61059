// How a fixture says what should become of it. It stands in a class named for its rule, in the file named for its rule.
using System;

namespace Tern.Rules.Tests.Fixtures;

/// <summary>The rule must refuse this type, naming this member of it (or the type itself).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Delegate)]
internal sealed class RefusedAttribute(string at = "") : Attribute
{
    public string At { get; } = at;
}

/// <summary>The rule must let this type pass: it looks like the refused ones, and is right.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Delegate)]
internal sealed class AcceptedAttribute : Attribute;
