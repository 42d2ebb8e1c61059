// The assemblies that the rules are about: what the build made of shared/, for boards and for the host.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules.Tests;

/// <summary>A compiled assembly, and what it was compiled for.</summary>
internal sealed record Compiled(AssemblyDefinition Assembly, Target Target)
{
    /// <summary>The layers, and below each the only ones that it may know.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Layers = new Dictionary<string, string[]>
    {
        ["Tern.Kernel"] = [],
        ["Tern.Os"] = ["Tern.Kernel"],
        ["Tern.Rtcr"] = ["Tern.Kernel", "Tern.Os", "Tern.Cms"],
        ["Tern.Cms"] = ["Tern.Kernel", "Tern.Os"],
        ["Tern.Components"] = ["Tern.Kernel", "Tern.Os"],
    };

    private static readonly string NanoDirectory = Path.Combine(AppContext.BaseDirectory, "nano");
    private static readonly ReaderParameters FromNano = Reader(NanoDirectory);
    private static readonly ReaderParameters FromHost = Reader(AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    /// <summary>The layers as boards run them.</summary>
    public static readonly Compiled[] ForBoards = [.. Layers.Keys.Select(name => Nano(name))];

    /// <summary>The layers' portable tests, as a board would run them.</summary>
    public static readonly Compiled TestsForBoards = Nano("NFUnitTest");

    /// <summary>The layers as the host emulator runs them.</summary>
    public static readonly Compiled[] ForHost = [.. Layers.Keys.Select(name => Host(name))];

    /// <summary>These tests themselves, which hold the rules' fixtures.</summary>
    public static readonly Compiled Fixtures = Host(typeof(Compiled).Assembly.GetName().Name!);

    /// <summary>The assembly's name.</summary>
    public string Name => Assembly.Name.Name;

    /// <summary>Every type in the assembly, nested ones too.</summary>
    public IEnumerable<TypeDefinition> Types => Assembly.MainModule.GetTypes();

    /// <summary>An assembly of the boards' folder; a reference stub, for example.</summary>
    public static Compiled Nano(string name) =>
        new(AssemblyDefinition.ReadAssembly(Path.Combine(NanoDirectory, name + ".dll"), FromNano), Target.Board);

    private static Compiled Host(string name) =>
        new(AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"), FromHost), Target.Host);

    private static ReaderParameters Reader(params string[] directories)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string builtin in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(builtin);
        }

        foreach (string directory in directories)
        {
            resolver.AddSearchDirectory(directory);
        }

        return new ReaderParameters { AssemblyResolver = resolver };
    }
}

/// <summary>What an assembly was compiled for.</summary>
internal enum Target
{
    Board,
    Host,
}
