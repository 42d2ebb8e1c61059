using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

/// <summary>No pointers, no <c>fixed</c>, no <c>stackalloc</c>, no fixed buffers.</summary>
internal sealed class NoPointers : Rule
{
    public override string Instead => "nanoFramework has no pointers: use an array and an index, or a ref";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        foreach (var field in type.Fields.Where(IsFixedBuffer))
        {
            yield return new Violation(field, "is a fixed buffer");
        }

        foreach (var (where, used) in Metadata.TypesMentioned(type).Where(mention => mention.Type is PointerType or PinnedType))
        {
            yield return new Violation(where, used is PinnedType ? "pins an object" : $"uses {used.FullName}");
        }

        foreach (var (method, _) in Code(type).Where(code => code.Instruction.OpCode == OpCodes.Localloc))
        {
            yield return new Violation(method, "allocates on the stack");
        }
    }

    private static bool IsFixedBuffer(FieldDefinition field) =>
        field.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.FixedBufferAttribute");
}
