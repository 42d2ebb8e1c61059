// The rules for single programs, as they were compiled for the host: what tern run refuses before it runs anything.
// Invariant: a program is refused for its own code and for the code of its assembly that it reaches, and for nothing else.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>Checks programs.</summary>
public static class ProgramRules
{
    /// <summary>What in these programs breaks a rule, a line each: the place, what is wrong, what to do.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<Type> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        var found = new List<string>();
        foreach (var assembly in programs.Distinct().GroupBy(program => program.Assembly).Where(assembly => File.Exists(assembly.Key.Location)))
        {
            using var resolver = Resolver(Path.GetDirectoryName(assembly.Key.Location)!);
            using var module = ModuleDefinition.ReadModule(assembly.Key.Location, new ReaderParameters { AssemblyResolver = resolver });
            var reached = Reached(module, assembly);
            found.AddRange(
                from rule in Rule.All
                where rule.HoldsForHostCode
                from type in reached
                from violation in rule.Check(type).Distinct()
                select $"{violation.Where} {violation.What}; {rule.Instead}");
        }

        return found;
    }

    private static List<TypeDefinition> Reached(ModuleDefinition module, IEnumerable<Type> programs)
    {
        var seen = new HashSet<TypeDefinition>();
        var order = new List<TypeDefinition>();
        var open = new Queue<TypeDefinition>(programs.Select(program => (TypeDefinition)module.LookupToken(program.MetadataToken)));
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type))
            {
                continue;
            }

            order.Add(type);
            foreach (var mentioned in Metadata.TypesMentioned(type).Select(mention => mention.Type).Where(IsPlain).Select(mentioned => mentioned.Resolve())
                         .Concat(type.NestedTypes))
            {
                if (mentioned?.Module == module && !Metadata.IsGenerated(mentioned))
                {
                    open.Enqueue(mentioned);
                }
            }
        }

        return order;
    }

    // Of this module; another assembly is not read for that.
    private static bool IsPlain(TypeReference type) => type is not (TypeSpecification or GenericParameter) && type.Scope == type.Module;

    private static DefaultAssemblyResolver Resolver(string directory)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string builtin in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(builtin);
        }

        resolver.AddSearchDirectory(directory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        return resolver;
    }
}
