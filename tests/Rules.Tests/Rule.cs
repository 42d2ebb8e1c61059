// What a rule is. One rule stands in one file of Rules/, the code that it must refuse and accept in one of Fixtures/.
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules.Tests;

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

    /// <summary>Whether the rule is about this assembly. Most are about everything that runs on a board, tests included.</summary>
    public virtual bool Covers(Compiled assembly) => assembly.Target == Target.Board;

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
    public override bool Covers(Compiled assembly) => Compiled.Layers.ContainsKey(assembly.Name);
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
