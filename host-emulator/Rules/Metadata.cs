// Questions to compiled code that several rules ask.
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

internal static class Metadata
{
    /// <summary>Every type that a type mentions: bases, signatures, locals, code; taken apart, so an array brings its elements' type too.</summary>
    public static IEnumerable<(IMemberDefinition Where, TypeReference Type)> TypesMentioned(TypeDefinition type) =>
        from mention in WholeTypesMentioned(type)
        where mention.Type != null
        from part in Parts(mention.Type)
        select (mention.Where, part);

    /// <summary>Whether a type is compiler's work and not written by anybody.</summary>
    public static bool IsGenerated(TypeReference type) =>
        type.Name.StartsWith('<') || (type.DeclaringType != null && IsGenerated(type.DeclaringType));

    /// <summary>Whether the type is an enum.</summary>
    public static bool IsEnum(TypeReference type) => type is not (GenericParameter or TypeSpecification) && type.Resolve() is { IsEnum: true };

    /// <summary>A type and those it derives from, the nearest first.</summary>
    public static IEnumerable<TypeDefinition> Lineage(TypeDefinition type)
    {
        for (TypeDefinition? at = type; at != null; at = at.BaseType?.Resolve())
        {
            yield return at;
        }
    }

    /// <summary>
    /// The instruction that takes the value which <paramref name="producer"/> has just pushed; <c>null</c> where the straight line ends first.
    /// </summary>
    public static Instruction? Consumer(Instruction producer)
    {
        int above = 0;
        for (Instruction? at = producer.Next; at != null;)
        {
            int pops = Pops(at);
            if (pops > above)
            {
                return at;
            }

            above += Pushes(at) - pops;
            at = at.OpCode.FlowControl switch
            {
                FlowControl.Branch => at.Operand is Instruction target && target.Offset > at.Offset ? target : null,
                FlowControl.Return or FlowControl.Throw => null,
                _ => at.Next,
            };
        }

        return null;
    }

    private static IEnumerable<(IMemberDefinition Where, TypeReference Type)> WholeTypesMentioned(TypeDefinition type)
    {
        yield return (type, type.BaseType);
        foreach (var implemented in type.Interfaces)
        {
            yield return (type, implemented.InterfaceType);
        }

        foreach (var field in type.Fields)
        {
            yield return (field, field.FieldType);
        }

        foreach (var method in type.Methods)
        {
            yield return (method, method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                yield return (method, parameter.ParameterType);
            }

            if (!method.HasBody)
            {
                continue;
            }

            foreach (var variable in method.Body.Variables)
            {
                yield return (method, variable.VariableType);
            }

            foreach (var handler in method.Body.ExceptionHandlers)
            {
                yield return (method, handler.CatchType);
            }

            foreach (var mentioned in method.Body.Instructions.SelectMany(Operands))
            {
                yield return (method, mentioned);
            }
        }
    }

    private static IEnumerable<TypeReference> Operands(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        yield return type;
        IEnumerable<TypeReference> inner = type switch
        {
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments],
            IModifierType modified => [modified.ElementType, modified.ModifierType],
            TypeSpecification specified and not FunctionPointerType => [specified.ElementType],
            _ => [],
        };
        foreach (var part in inner.SelectMany(Parts))
        {
            yield return part;
        }
    }

    private static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        StackBehaviour.Varpop when instruction.Operand is IMethodSignature called =>
            called.Parameters.Count + (called.HasThis && instruction.OpCode != OpCodes.Newobj ? 1 : 0) + (instruction.OpCode == OpCodes.Calli ? 1 : 0),
        _ => int.MaxValue,
    };

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => instruction.Operand is IMethodSignature { ReturnType.MetadataType: MetadataType.Void } ? 0 : 1,
        _ => 1,
    };
}
