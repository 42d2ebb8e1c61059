using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>Shared code reaches the outside through the Board interfaces only: no clock, thread, random number, socket, file or console.</summary>
internal sealed class OneDoor : RuleForBothTargets
{
    // A type by its full name, or a whole namespace by its name and a dot.
    private static readonly string[] Outside =
    [
        "Microsoft.Win32.", "System.AppContext", "System.AppDomain", "System.Console", "System.DateTime", "System.DateTimeOffset",
        "System.Device.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Diagnostics.Trace", "System.Environment",
        "System.GC", "System.IO.", "System.Net.", "System.Random", "System.Runtime.InteropServices.Marshal", "System.Security.Cryptography.",
        "System.Threading.", "System.TimeProvider", "System.TimeZoneInfo", "nanoFramework.Device.", "nanoFramework.Hardware.",
        "nanoFramework.Networking.", "nanoFramework.Runtime.",
    ];

    // What a lock is made of: the other side of the door may be a real interrupt.
    private static readonly string[] Inside = ["System.Threading.Interlocked", "System.Threading.Monitor"];

    // Where only these members lead outside.
    private static readonly string[] OutsideMembers =
    [
        "System.Diagnostics.Debug.Print", "System.Diagnostics.Debug.Write", "System.Diagnostics.Debug.WriteLine", "System.Guid.CreateVersion7",
        "System.Guid.NewGuid",
    ];

    public override string Instead => "clock, random numbers, sockets, storage, devices, keys and console come through IBoard, as events and devices";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        var types =
            from mention in Metadata.TypesMentioned(type)
            where IsOutside(mention.Type.FullName)
            select new Violation(mention.Where, $"uses {mention.Type.FullName}");
        var members =
            from code in Code(type)
            let called = code.Instruction.Operand as MethodReference
            where called != null && OutsideMembers.Contains($"{called.DeclaringType.FullName}.{called.Name}")
            select new Violation(code.Method, $"calls {called.DeclaringType.FullName}.{called.Name}");
        var imports =
            from method in type.Methods
            where method.IsPInvokeImpl || method.IsInternalCall
            select new Violation(method, "is native code");
        return types.Concat(members).Concat(imports);
    }

    private static bool IsOutside(string name) =>
        !Inside.Contains(name) && Outside.Any(door => door.EndsWith('.') ? name.StartsWith(door, StringComparison.Ordinal) : name == door);
}
