using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No generic type or method, neither our own nor a use of one: the interpreter crashes on them.</summary>
internal sealed class NoGenerics : Rule
{
    public override string Instead =>
        "nanoFramework's interpreter crashes on generics: write the type out, and declare a delegate where it would be an Action<T> or Func<T>";

    public override bool HoldsForHostCode => false;

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        if (type.HasGenericParameters)
        {
            yield return new Violation(type, "is a generic type");
        }

        foreach (var method in type.Methods.Where(method => method.HasGenericParameters))
        {
            yield return new Violation(method, "is a generic method");
        }

        foreach (var (where, used) in Metadata.TypesMentioned(type).Where(mention => mention.Type is GenericInstanceType))
        {
            yield return new Violation(where, $"uses the generic type {used.FullName}");
        }

        foreach (var (method, instruction) in Code(type).Where(code => code.Instruction.Operand is GenericInstanceMethod))
        {
            yield return new Violation(method, $"calls the generic method {((MethodReference)instruction.Operand).Name}");
        }
    }
}
