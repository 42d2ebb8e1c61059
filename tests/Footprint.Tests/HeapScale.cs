// Weighs objects as nanoFramework's heap would hold them. Its heap is made of blocks of 12 bytes: an object is one block and one more
// for each field, whatever the field's type; a structure in a field or in an array is an object of its own; arrays of numbers
// are packed behind a header, arrays of anything else have a block an element.
// Invariants: an object is weighed once, for whoever is asked about first; a fenced object is weighed only when it is asked about itself.
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;

namespace Tern.Tests;

/// <summary>Walks graphs of objects and adds up what they would weigh on a board.</summary>
internal sealed class HeapScale
{
    /// <summary>Bytes a block.</summary>
    public const int Block = 12;

    private const int ArrayHeader = 20;
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _weighed = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _fenced = new(ReferenceEqualityComparer.Instance);
    private readonly Func<Type, bool> _isOutside;

    /// <summary>Makes a scale.</summary>
    /// <param name="isOutside">Which types are not Tern's: what they hold is not weighed.</param>
    public HeapScale(Func<Type, bool> isOutside)
    {
        _isOutside = isOutside;
    }

    /// <summary>Keeps an object out of what others weigh, though they lead to it.</summary>
    public void Fence(object thing) => _fenced.Add(thing);

    /// <summary>Whether an object waits to be asked about.</summary>
    public bool IsFenced(object thing) => _fenced.Contains(thing);

    /// <summary>What an object weighs with everything that it leads to and that was not weighed yet, in bytes.</summary>
    public long Weigh(object? root)
    {
        long bytes = 0;
        if (root is not null)
        {
            _fenced.Remove(root);
        }

        var waiting = new Stack<object?>();
        waiting.Push(root);
        while (waiting.TryPop(out object? thing))
        {
            if (thing is not null && !_isOutside(thing.GetType()) && !_fenced.Contains(thing) && (thing.GetType().IsValueType || _weighed.Add(thing)))
            {
                bytes += WeighOne(thing, waiting);
            }
        }

        return bytes;
    }

    private static long WeighOne(object thing, Stack<object?> waiting) => thing switch
    {
        string text => Round(Block + Encoding.UTF8.GetByteCount(text) + 1),
        Array array => WeighArray(array, waiting),
        Delegate call => WeighDelegate(call, waiting),
        _ => WeighFields(thing, waiting),
    };

    private static long WeighDelegate(Delegate call, Stack<object?> waiting)
    {
        waiting.Push(call.Target);
        return 3 * Block;
    }

    private static long WeighArray(Array array, Stack<object?> waiting)
    {
        Type element = array.GetType().GetElementType()!;
        if (element.IsPrimitive || element.IsEnum)
        {
            return Round(ArrayHeader + ((long)array.Length * SizeOf(element)));
        }

        foreach (object? item in array)
        {
            waiting.Push(item);
        }

        return Round(ArrayHeader + ((long)array.Length * Block));
    }

    private static long WeighFields(object thing, Stack<object?> waiting)
    {
        long bytes = Block;
        for (Type? type = thing.GetType(); type is not null && type != typeof(object) && type != typeof(ValueType); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Declared))
            {
                bytes += Block;
                if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum && !field.FieldType.IsPointer)
                {
                    waiting.Push(field.GetValue(thing));
                }
            }
        }

        return bytes;
    }

    private static int SizeOf(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => 4,
    };

    private static long Round(long bytes) => (bytes + Block - 1) / Block * Block;
}
