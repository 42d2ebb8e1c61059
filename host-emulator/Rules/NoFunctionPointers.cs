using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

/// <summary>No function pointers.</summary>
internal sealed class NoFunctionPointers : Rule
{
    public override string Instead => "nanoFramework has no function pointers: use a delegate, or a switch over a number";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        foreach (var (where, _) in Metadata.TypesMentioned(type).Where(mention => mention.Type is FunctionPointerType))
        {
            yield return new Violation(where, "uses a function pointer");
        }

        foreach (var (method, instruction) in Code(type))
        {
            if (instruction.OpCode == OpCodes.Calli)
            {
                yield return new Violation(method, "calls through a function pointer");
            }

            // In the making of a delegate, and nowhere else.
            if (instruction.OpCode.Code is Mono.Cecil.Cil.Code.Ldftn or Mono.Cecil.Cil.Code.Ldvirtftn && instruction.Next?.OpCode != OpCodes.Newobj)
            {
                yield return new Violation(method, "takes a function's address");
            }
        }
    }
}
