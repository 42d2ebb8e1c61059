// The account of heap: every table of the kernel and of RTCR, and every component, as a board's heap would hold them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>One row: what, and how many bytes.</summary>
internal sealed record Item(string Room, string Name, long Bytes);

/// <summary>Weighs a running board part by part.</summary>
internal static class HeapAccount
{
    private const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Takes the account, in the order in which the kernel makes its parts.</summary>
    public static IReadOnlyList<Item> Take(SmallBoard board)
    {
        Microkernel kernel = board.Kernel;
        object supervisor = board.Watcher.Supervisor!;
        object core = Value(kernel, "Core");
        object[] tasks = [.. ((Array)Value(Value(kernel, "Tasks"), "_tasks")).Cast<object?>().OfType<object>()];
        var targets = (Array)Value(supervisor, "_targets");
        var scale = new HeapScale(IsOutside);
        object[] later = [kernel, core, supervisor, board.Watcher, .. tasks, .. targets];
        foreach (object fenced in (object[])[.. later, .. PartsOf(kernel), .. PartsOf(supervisor)])
        {
            scale.Fence(fenced);
        }

        var items = new List<Item> { new("memory", "one bank of 16 KB", scale.Weigh(Value(Value(Value(kernel, "Memory"), "_physical"), "_banks"))) };
        items.AddRange(Parts("kernel", kernel, later, scale));
        items.Add(new("kernel", "core's tables, and its sessions for all components", scale.Weigh(core)));
        items.AddRange(Parts("RTCR", supervisor, later, scale));
        items.Add(new("RTCR", $"online storage of {targets.Length} targets", targets.Cast<object>().Sum(scale.Weigh)));
        items.Add(new("components", $"{tasks.Length - 1} components: capability spaces, page tables, environments", tasks.Sum(scale.Weigh)));
        items.Add(new("kernel", "the rest", scale.Weigh(kernel) + scale.Weigh(supervisor)));
        return items;
    }

    private static IEnumerable<Item> Parts(string room, object owner, object[] later, HeapScale scale)
    {
        foreach (FieldInfo field in Fields(owner))
        {
            object? part = field.GetValue(owner);
            long bytes = part is null || later.Contains(part) ? 0 : scale.Weigh(part);
            if (bytes > 0)
            {
                yield return new(room, Plain(field.Name).TrimStart('_'), bytes);
            }
        }
    }

    private static IEnumerable<object> PartsOf(object owner) => Fields(owner).Select(field => field.GetValue(owner)).OfType<object>();

    private static IEnumerable<FieldInfo> Fields(object owner) =>
        owner.GetType().GetFields(AllFields).Where(field => !field.FieldType.IsPrimitive).OrderBy(field => field.MetadataToken);

    private static object Value(object owner, string name) =>
        owner.GetType().GetFields(AllFields).Single(field => Plain(field.Name) == name).GetValue(owner)!;

    private static string Plain(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;

    /// <summary>The test's own board, and the runtime's types that a board has in flash.</summary>
    private static bool IsOutside(Type type) =>
        type == typeof(TestBoard) || type == typeof(TestCrypto) || typeof(MemberInfo).IsAssignableFrom(type)
        || (type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && !type.IsArray && type != typeof(string));
}
