using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>Nothing of .NET's libraries that nanoFramework lacks and that is used by mistake. A compiler for boards finds more; a program that was
/// compiled for the host alone has only this.</summary>
internal sealed class NoMissingLibraries : Rule
{
    // A namespace by its name and a dot, or a type's full name.
    private static readonly string[] Missing =
    [
        "System.Collections.Concurrent.", "System.Collections.Generic.", "System.Collections.Immutable.", "System.HashCode", "System.Lazy`1",
        "System.Linq.", "System.Memory`1", "System.Nullable`1", "System.Numerics.", "System.Span`1", "System.Text.Json.",
        "System.Text.RegularExpressions.", "System.Tuple`2", "System.ValueTuple`2", "System.ValueTuple`3",
    ];

    private static readonly string[] MissingMembers =
    [
        "System.Array.Fill", "System.Array.Resize", "System.Array.Sort", "System.Char.IsDigit", "System.Char.IsLetter", "System.String.Insert",
        "System.String.Join", "System.String.Remove", "System.String.Replace",
    ];

    public override string Instead => "nanoFramework has no such thing: use arrays, Hashtable, ArrayList and loops";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        var types =
            from mention in Metadata.TypesMentioned(type)
            where IsMissing(mention.Type.FullName)
            select new Violation(mention.Where, $"uses {mention.Type.FullName}");
        var members =
            from code in Code(type)
            let called = code.Instruction.Operand as MethodReference
            where called != null && MissingMembers.Contains($"{called.DeclaringType.FullName}.{called.Name}")
            select new Violation(code.Method, $"calls {called.DeclaringType.FullName}.{called.Name}");
        return types.Concat(members);
    }

    private static bool IsMissing(string name) =>
        Missing.Any(missing => missing.EndsWith('.') ? name.StartsWith(missing, StringComparison.Ordinal) : name == missing);
}
