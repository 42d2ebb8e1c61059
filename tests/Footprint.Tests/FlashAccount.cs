// The account of flash: what the layers' assemblies weigh on a board. The code is counted to the byte in the assemblies that the build makes
// against nanoFramework's libraries; the tables around it are estimated, since nanoFramework's own packer is not part of the build.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Mono.Cecil;

namespace Tern.Tests;

/// <summary>One layer: its code in bytes, and all of it as estimated.</summary>
internal sealed record Layer(string Name, int Methods, long CodeBytes, long EstimatedBytes);

/// <summary>Weighs the layers.</summary>
internal static class FlashAccount
{
    // Rows of nanoFramework's tables (CLR_RECORD_*): sizes of a type's, method's, field's and reference's record in bytes.
    private const int TypeRecord = 32;
    private const int MethodRecord = 16;
    private const int FieldRecord = 10;
    private const int ReferenceRecord = 8;
    private const int SignatureBytes = 5;

    private static readonly string[] Names = ["Tern.Kernel", "Tern.Os", "Tern.Cms", "Tern.Rtcr", "Tern.Components"];

    /// <summary>Takes the account, from the lowest layer up.</summary>
    public static IReadOnlyList<Layer> Take() => [.. Names.Select(Weigh)];

    private static Layer Weigh(string name)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, "nano", name + ".dll"));
        ModuleDefinition module = assembly.MainModule;
        MethodDefinition[] methods = [.. module.GetTypes().SelectMany(type => type.Methods)];
        long code = methods.Where(method => method.HasBody).Sum(method => (long)method.Body.CodeSize);
        long tables = (module.GetTypes().Count() * TypeRecord) + (methods.Length * (MethodRecord + SignatureBytes))
            + (module.GetTypes().Sum(type => type.Fields.Count(field => !field.HasConstant)) * (FieldRecord + SignatureBytes))
            + (module.GetMemberReferences().Count() * ReferenceRecord) + Strings(module, methods);
        return new(name, methods.Length, code, code + tables);
    }

    /// <summary>Names are kept once each, and so are the texts in the code.</summary>
    private static long Strings(ModuleDefinition module, MethodDefinition[] methods)
    {
        var texts = new HashSet<string>(module.GetTypes().SelectMany(type => type.Fields.Where(field => !field.HasConstant).Select(field => field.Name).Append(type.Name)), StringComparer.Ordinal);
        texts.UnionWith(methods.Select(method => method.Name));
        texts.UnionWith(methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<string>());
        return texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }
}
