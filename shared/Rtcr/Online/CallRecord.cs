// A call as RTCR remembers it: of which session, with which arguments, capabilities given as entries of the online
// storage. The same record forwards the call while the target runs and issues it again on restore.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>One remembered call.</summary>
internal sealed class CallRecord
{
    internal readonly int[] Words = new int[Message.MaxWords];

    /// <summary>Entries of the online storage; −1 for an invalid capability.</summary>
    internal readonly int[] Objects = new int[Message.MaxCapabilities];

    /// <summary>The inline bytes; longer than <see cref="Length"/> when the record is reused.</summary>
    internal byte[] Bytes = new byte[0];

    /// <summary>The entry of the session that was called; −1 for an unused record.</summary>
    internal int Session = -1;

    /// <summary>Of a call that made objects: the first of their entries, unless that has ended; −1 before it has one.</summary>
    internal int Leader = -1;

    internal int Opcode;
    internal int WordCount;
    internal int ObjectCount;
    internal int Length;

    /// <summary>Remembers a request.</summary>
    /// <returns><c>false</c> when it has a capability that the storage does not know.</returns>
    internal bool Remember(Env env, OnlineStorage storage, int session, Message request)
    {
        Session = session;
        CopyContent(request);
        for (int i = 0; i < ObjectCount; i++)
        {
            int badge = env.Badge(request.Capability(i));
            Objects[i] = badge == 0 ? -1 : storage.Find(badge);
            if (badge != 0 && Objects[i] < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Remembers what a request says, and how many capabilities it has.</summary>
    internal void CopyContent(Message request)
    {
        Opcode = request.Opcode;
        WordCount = request.WordCount;
        for (int i = 0; i < WordCount; i++)
        {
            Words[i] = request.Word(i);
        }

        SetLength(request.Length);
        request.CopyBytes(Bytes, 0, Length);
        ObjectCount = request.CapabilityCount;
    }

    /// <summary>Composes the call for the target itself, with the objects as it names them.</summary>
    internal Message ComposeInbound(Env env, OnlineStorage storage)
    {
        Message message = env.Compose(Opcode);
        for (int i = 0; i < WordCount; i++)
        {
            message.Add(Words[i]);
        }

        for (int i = 0; i < ObjectCount; i++)
        {
            message.AddCapability(Objects[i] < 0 ? Selectors.Invalid : storage.Selector(Objects[i]));
        }

        return message.AddBytes(Bytes, 0, Length);
    }

    /// <summary>Whether the call gives any object away.</summary>
    internal bool HasObject
    {
        get
        {
            bool hasObject = false;
            for (int i = 0; i < ObjectCount; i++)
            {
                hasObject |= Objects[i] >= 0;
            }

            return hasObject;
        }
    }

    /// <summary>Whether the call names an entry.</summary>
    internal bool Mentions(int entry)
    {
        bool mentions = Session == entry;
        for (int i = 0; i < ObjectCount; i++)
        {
            mentions |= Objects[i] == entry;
        }

        return mentions;
    }

    /// <summary>Composes the call for the real session.</summary>
    internal Message Compose(Env env, OnlineStorage storage)
    {
        Message message = env.Compose(Opcode);
        AddTo(message, storage);
        return message.AddBytes(Bytes, 0, Length);
    }

    /// <summary>Adds words and capabilities, but not the bytes, to a message.</summary>
    internal void AddTo(Message message, OnlineStorage storage)
    {
        for (int i = 0; i < WordCount; i++)
        {
            message.Add(Words[i]);
        }

        bool delegates = storage.IsSession(Session) && storage.Service(Session).Delegates == Opcode;
        for (int i = 0; i < ObjectCount; i++)
        {
            int entry = Objects[i];
            message.AddCapability(entry < 0 ? Selectors.Invalid : delegates ? storage.Selector(entry) : storage.RealOf(entry));
        }
    }

    /// <summary>Whether this is a record in use that stands before those of a session and an operation.</summary>
    internal bool IsBefore(int session, int opcode)
        => Session >= 0 && (Session < session || (Session == session && Opcode < opcode));

    /// <summary>The highest entry that this call needs.</summary>
    internal int Highest()
    {
        int highest = Session;
        for (int i = 0; i < ObjectCount; i++)
        {
            highest = Objects[i] > highest ? Objects[i] : highest;
        }

        return highest;
    }

    /// <summary>An entry's object has ended: wherever the call names it, it names nothing.</summary>
    internal void Forget(int entry)
    {
        for (int i = 0; i < ObjectCount; i++)
        {
            Objects[i] = Objects[i] == entry ? -1 : Objects[i];
        }
    }

    /// <summary>Makes room for a number of bytes.</summary>
    internal void SetLength(int length)
    {
        Length = length;
        if (Bytes.Length < length)
        {
            Bytes = new byte[length];
        }
    }

    /// <summary>Becomes a copy of another record.</summary>
    internal void CopyFrom(CallRecord other)
    {
        Session = other.Session;
        Opcode = other.Opcode;
        WordCount = other.WordCount;
        ObjectCount = other.ObjectCount;
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] = other.Words[i];
        }

        for (int i = 0; i < Objects.Length; i++)
        {
            Objects[i] = other.Objects[i];
        }

        SetLength(other.Length);
        System.Array.Copy(other.Bytes, 0, Bytes, 0, Length);
    }
}
