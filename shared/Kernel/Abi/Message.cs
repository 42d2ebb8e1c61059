// A message as programs see it: one side to read, one side to write.
// Invariants: reading never sees what was written to the outgoing side; the kernel exchanges the sides at each
// crossing, so a nested call copies nothing and a handler cannot answer with its own arguments by accident.
using System;
using System.Text;

namespace Tern.Kernel;

/// <summary>
/// Carries an opcode, words, inline bytes and capabilities between two components, both ways. Whoever asks composes it
/// with <see cref="Env.Compose"/>, adds what it wants to say and, after a call, reads the answer from the same message.
/// A handler reads the request and adds its answer. Capabilities are selectors of whoever reads.
/// </summary>
public sealed class Message
{
    /// <summary>Most words in one direction.</summary>
    public const int MaxWords = 8;

    /// <summary>Most inline bytes in one direction. Bulk data goes through shared dataspaces.</summary>
    public const int MaxBytes = 128;

    /// <summary>Most capabilities in one direction.</summary>
    public const int MaxCapabilities = 4;

    internal MessageBuffer In = new MessageBuffer();
    internal MessageBuffer Out = new MessageBuffer();

    internal Message()
    {
    }

    /// <summary>The operation that was asked for.</summary>
    public int Opcode => In.Opcode;

    /// <summary>How many words were received.</summary>
    public int WordCount => In.WordCount;

    /// <summary>How many inline bytes were received.</summary>
    public int Length => In.Length;

    /// <summary>How many capabilities were received.</summary>
    public int CapabilityCount => In.CapabilityCount;

    /// <summary>A received word; 0 when the sender gave fewer.</summary>
    public int Word(int index) => (uint)index < (uint)In.WordCount ? In.Words[index] : 0;

    /// <summary>Two received words as one 64-bit number, low word first.</summary>
    public long Word64(int index) => (uint)Word(index) | ((long)Word(index + 1) << 32);

    /// <summary>A received capability's selector; <see cref="Selectors.Invalid"/> when the sender gave fewer or an invalid one.</summary>
    public int Capability(int index) => (uint)index < (uint)In.CapabilityCount ? In.Capabilities[index] : Selectors.Invalid;

    /// <summary>A received inline byte; 0 beyond the end.</summary>
    public byte Byte(int index) => (uint)index < (uint)In.Length ? In.Bytes[index] : (byte)0;

    /// <summary>The received inline bytes as UTF-8 text.</summary>
    public string Text => In.Length == 0 ? "" : Encoding.UTF8.GetString(In.Bytes, 0, In.Length);

    /// <summary>Copies received inline bytes out.</summary>
    /// <returns>How many were copied: what was received, cut to the room there is.</returns>
    public int CopyBytes(byte[] target, int offset, int length)
    {
        int count = length < In.Length ? length : In.Length;
        Array.Copy(In.Bytes, 0, target, offset, count);
        return count;
    }

    /// <summary>Adds a word to what will be sent.</summary>
    public Message Add(int word)
    {
        if (Out.WordCount == MaxWords)
        {
            Out.Overflow = true;
        }
        else
        {
            Out.Words[Out.WordCount++] = word;
        }

        return this;
    }

    /// <summary>Adds a 64-bit number as two words, low word first.</summary>
    public Message Add64(long value) => Add((int)value).Add((int)(value >> 32));

    /// <summary>Adds a capability. The receiver gets a selector of its own for the same object.</summary>
    public Message AddCapability(int selector)
    {
        if (Out.CapabilityCount == MaxCapabilities)
        {
            Out.Overflow = true;
        }
        else
        {
            Out.Capabilities[Out.CapabilityCount++] = selector;
        }

        return this;
    }

    /// <summary>Adds inline bytes.</summary>
    public Message AddBytes(byte[] source, int offset, int length)
    {
        if (length < 0 || length > MaxBytes - Out.Length)
        {
            Out.Overflow = true;
        }
        else
        {
            Array.Copy(source, offset, Out.Bytes, Out.Length, length);
            Out.Length += length;
        }

        return this;
    }

    /// <summary>Adds text as inline UTF-8 bytes.</summary>
    public Message AddText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return AddBytes(bytes, 0, bytes.Length);
    }

    /// <summary>Adds everything that another message has received: to pass a request on, or an answer back.</summary>
    public Message AddAll(Message other)
    {
        AddData(other);
        for (int i = 0; i < other.In.CapabilityCount; i++)
        {
            AddCapability(other.In.Capabilities[i]);
        }

        return this;
    }

    /// <summary>Adds the words and bytes that another message has received, without its capabilities.</summary>
    public Message AddData(Message other)
    {
        for (int i = 0; i < other.In.WordCount; i++)
        {
            Add(other.In.Words[i]);
        }

        return AddBytes(other.In.Bytes, 0, other.In.Length);
    }

    internal void Exchange()
    {
        MessageBuffer buffer = In;
        In = Out;
        Out = buffer;
    }
}
