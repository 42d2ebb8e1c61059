// What a rule is. One rule stands in one file here, the code that it must refuse and accept in one of tests/Rules.Tests/Fixtures.
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

/// <summary>Something that compiles, and still must not stand in the shared layers.</summary>
internal abstract class Rule
{
    /// <summary>All rules.</summary>
    public static readonly Rule[] All =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (Rule)Activator.CreateInstance(type)!),
    ];

    /// <summary>The rule's name.</summary>
    public string Name => GetType().Name;

    /// <summary>Why, and what to write instead.</summary>
    public abstract string Instead { get; }

    /// <summary>Whether the rule is about the layers whichever target they are compiled for. Most are about what runs on a board, tests included.</summary>
    public virtual bool IsForBothTargets => false;

    /// <summary>Whether the rule can be asked of a program as it was compiled for the host. A few cannot: there the compiler itself makes
    /// generics out of an interpolated string.</summary>
    public virtual bool HoldsForHostCode => true;

    /// <summary>What in this type breaks the rule. Nested types are asked for on their own.</summary>
    public abstract IEnumerable<Violation> Check(TypeDefinition type);

    /// <summary>The violations as an engineer reads them.</summary>
    public string Explain(IEnumerable<Violation> violations) =>
        string.Join(Environment.NewLine, violations.Distinct().Select(violation => $"{violation.Where} {violation.What}; {Instead}"));

    /// <summary>Every instruction of the type's own methods.</summary>
    protected static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Code(TypeDefinition type) =>
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        select (method, instruction);
}

/// <summary>A rule for everything in the shared layers, whichever target it is compiled for.</summary>
internal abstract class RuleForBothTargets : Rule
{
    /// <inheritdoc/>
    public override bool IsForBothTargets => true;
}

/// <summary>A place where a rule is broken.</summary>
internal sealed record Violation(string Where, string What)
{
    public Violation(TypeDefinition type, string what)
        : this(type.FullName, what)
    {
    }

    public Violation(IMemberDefinition member, string what)
        : this($"{member.DeclaringType.FullName}.{member.Name}", what)
    {
    }
}
