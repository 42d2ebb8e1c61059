// One direction of a message: an opcode, words, inline bytes and capabilities, in arrays that are allocated once.
using System;

namespace Tern.Kernel;

/// <summary>What travels one way.</summary>
internal sealed partial class MessageBuffer
{
    internal readonly int[] Words = new int[Message.MaxWords];
    internal readonly byte[] Bytes = new byte[Message.MaxBytes];

    // Selectors of whoever holds the buffer; object identities while the kernel carries it over.
    internal readonly int[] Capabilities = new int[Message.MaxCapabilities];

    internal int Opcode;
    internal int WordCount;
    internal int Length;
    internal int CapabilityCount;
    internal bool Overflow;

    internal void Clear(int opcode)
    {
        Opcode = opcode;
        WordCount = 0;
        Length = 0;
        CapabilityCount = 0;
        Overflow = false;
    }

    internal void CopyTo(MessageBuffer other)
    {
        other.Opcode = Opcode;
        other.WordCount = WordCount;
        other.Length = Length;
        other.CapabilityCount = CapabilityCount;
        other.Overflow = Overflow;
        for (int i = 0; i < WordCount; i++)
        {
            other.Words[i] = Words[i];
        }

        for (int i = 0; i < CapabilityCount; i++)
        {
            other.Capabilities[i] = Capabilities[i];
        }

        if (Length > 0)
        {
            Array.Copy(Bytes, 0, other.Bytes, 0, Length);
        }
    }
}
