using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No <c>checked</c> arithmetic or conversion: on a board it never throws.</summary>
internal sealed class NoCheckedArithmetic : Rule
{
    public override string Instead => "checked never throws on nanoFramework: write the range check out, and give a long array length as an int";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from code in Code(type)
        let name = code.Instruction.OpCode.Name
        where name.Contains(".ovf", StringComparison.Ordinal)
        select new Violation(code.Method, $"computes with overflow checking ({name})");
}
