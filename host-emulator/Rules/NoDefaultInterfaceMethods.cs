using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No interface member with a body.</summary>
internal sealed class NoDefaultInterfaceMethods : Rule
{
    public override string Instead => "nanoFramework does not find default interface methods: use an abstract class, or an extension method";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from method in type.Methods
        where type.IsInterface && (method.HasBody || method.IsStatic)
        select new Violation(method, method.IsStatic ? "is a static member of an interface" : "is an interface member with a body");
}
