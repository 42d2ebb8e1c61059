// An arrow may only point down, and at the bottom stand nanoFramework's libraries.
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules.Tests;

[TestClass]
public class LayerTests
{
    private static readonly string[] Libraries = ["System.Math", "mscorlib", "nanoFramework.System.Collections", "nanoFramework.System.Text"];

    public static IEnumerable<object[]> Names => Compiled.Layers.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_layer_knows_only_those_below_it(string layer)
    {
        foreach (var compiled in Compiled.ForBoards.Concat(Compiled.ForHost).Where(compiled => compiled.Name == layer))
        {
            Assert.IsEmpty(Upwards(compiled.Assembly), $"{layer} ({compiled.Target}) may know of Tern only {Below(layer)}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_layer_needs_nothing_that_a_board_lacks(string layer)
    {
        var compiled = Compiled.ForBoards.Single(compiled => compiled.Name == layer);
        Assert.IsEmpty(Foreign(compiled.Assembly), $"{layer} may need only {string.Join(", ", Libraries)}");
    }

    [TestMethod]
    public void An_arrow_upwards_is_found() => CollectionAssert.AreEqual(new[] { "Tern.Rtcr" }, Upwards(Assembly("Tern.Cms", "Tern.Os", "Tern.Rtcr")));

    [TestMethod]
    public void A_foreign_library_is_found() =>
        CollectionAssert.AreEqual(new[] { "System.Runtime" }, Foreign(Assembly("Tern.Os", "Tern.Kernel", "mscorlib", "System.Runtime")));

    private static string[] Upwards(AssemblyDefinition assembly) =>
        [.. References(assembly).Where(IsOurs).Except(Compiled.Layers[assembly.Name.Name])];

    private static string[] Foreign(AssemblyDefinition assembly) => [.. References(assembly).Where(name => !IsOurs(name)).Except(Libraries)];

    private static IEnumerable<string> References(AssemblyDefinition assembly) => assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);

    private static bool IsOurs(string name) => name.StartsWith("Tern.", StringComparison.Ordinal);

    private static string Below(string layer) => Compiled.Layers[layer] is { Length: > 0 } below ? string.Join(", ", below) : "itself";

    private static AssemblyDefinition Assembly(string name, params string[] references)
    {
        var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(name, new Version(1, 0)), name, ModuleKind.Dll);
        foreach (string reference in references)
        {
            assembly.MainModule.AssemblyReferences.Add(new AssemblyNameReference(reference, new Version(1, 0)));
        }

        return assembly;
    }
}
