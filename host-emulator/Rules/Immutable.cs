// What a static field may hold without being state.
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

internal static class Immutable
{
    /// <summary>Whether this static field always holds the same: read-only, of a type that cannot change, or a table that nobody writes.</summary>
    public static bool IsHeldBy(FieldDefinition field) => field.IsInitOnly && (IsImmutable(field.FieldType) || IsEmptyArray(field) || IsTableOnlyRead(field));

    private static bool IsImmutable(TypeReference type)
    {
        if (type.IsPrimitive || type.FullName == "System.String")
        {
            return true;
        }

        return type is not TypeSpecification
            && type.Resolve() is { } definition
            && (definition.IsEnum || definition.IsValueType || definition.IsSealed)
            && Metadata.Lineage(definition).All(level =>
                level.Fields.All(field => field.IsStatic || ((field.IsInitOnly || definition.IsValueType) && IsImmutable(field.FieldType))));
    }

    // new T[0], which is [] on a board; the host has a method for it.
    private static bool IsEmptyArray(FieldDefinition field) =>
        field.FieldType is ArrayType { IsVector: true }
        && Uses(field).Where(use => use.OpCode == OpCodes.Stsfld).All(store => store.Previous switch
        {
            { OpCode.Code: Code.Newarr, Previous.OpCode.Code: Code.Ldc_I4_0 } => true,
            { Operand: MethodReference { DeclaringType.FullName: "System.Array", Name: "Empty" } } => true,
            _ => false,
        });

    // A private array, whose elements are read and which goes nowhere else.
    private static bool IsTableOnlyRead(FieldDefinition field) =>
        field.IsPrivate
        && field.FieldType is ArrayType { IsVector: true } array
        && IsImmutable(array.ElementType)
        && Uses(field).All(IsRead);

    private static IEnumerable<Instruction> Uses(FieldDefinition field) =>
        from type in field.DeclaringType.NestedTypes.Append(field.DeclaringType)
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.Operand is FieldReference used && used.FullName == field.FullName
        select instruction;

    private static bool IsRead(Instruction use) =>
        use.OpCode == OpCodes.Stsfld
        || (use.OpCode == OpCodes.Ldsfld
            && Metadata.Consumer(use) is { } consumer
            && (consumer.OpCode == OpCodes.Ldlen || consumer.OpCode.Name.StartsWith("ldelem.", StringComparison.Ordinal)));
}
