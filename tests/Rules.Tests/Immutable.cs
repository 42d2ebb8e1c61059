// What a static field may hold without being state.
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules.Tests;

internal static class Immutable
{
    /// <summary>Whether this static field always holds the same: read-only, of a type that cannot change, or a table that nobody writes.</summary>
    public static bool IsHeldBy(FieldDefinition field) => field.IsInitOnly && (IsImmutable(field.FieldType) || IsTableOnlyRead(field));

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

    // A private array, whose elements are read and which goes nowhere else.
    private static bool IsTableOnlyRead(FieldDefinition field) =>
        field.IsPrivate
        && field.FieldType is ArrayType { IsVector: true } array
        && IsImmutable(array.ElementType)
        && field.DeclaringType.NestedTypes.Append(field.DeclaringType)
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.Operand is FieldReference used && used.FullName == field.FullName)
            .All(IsRead);

    private static bool IsRead(Instruction use) =>
        use.OpCode == OpCodes.Stsfld
        || (use.OpCode == OpCodes.Ldsfld
            && Metadata.Consumer(use) is { } consumer
            && (consumer.OpCode == OpCodes.Ldlen || consumer.OpCode.Name.StartsWith("ldelem.", System.StringComparison.Ordinal)));
}
