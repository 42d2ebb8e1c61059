using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No static constructor that somebody wrote; initialisers of static fields are welcome.</summary>
internal sealed class NoStaticConstructors : Rule
{
    public override string Instead =>
        "nanoFramework runs all static constructors before Main and not at first use: initialise the field where it is declared, and call for the rest";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from method in type.Methods
        where method.IsConstructor && method.IsStatic && !type.IsBeforeFieldInit
        select new Violation(method, "is a static constructor");
}
