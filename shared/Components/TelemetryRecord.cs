// What telemetry sends: numbered records of eight bytes, and as answers the number up to which all have come.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The telemetry protocol's sizes and checks.</summary>
internal static class TelemetryProtocol
{
    /// <summary>Bytes of a record: its number, and a value that depends on it.</summary>
    internal const int RecordSize = 8;

    /// <summary>Bytes of an answer: a number.</summary>
    internal const int AnswerSize = 4;

    /// <summary>The port that is used when the configuration names none.</summary>
    internal const int Port = 7000;

    /// <summary>The value that a record of a number carries.</summary>
    internal static int ValueOf(int number) => (number * 0x01000193) ^ 0x5bd1e995;
}

/// <summary>The state of a telemetry sender.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct TelemetryRecord(Memory memory, int at)
{
    internal const int Size = 80;

    internal int Session { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>Where the session's memory is attached, and its geometry; 0 before it is set up.</summary>
    internal int Table { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    internal int Flows { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    internal int RingSize { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>The session's two signal contexts: this component's, and the server's.</summary>
    internal int Signal { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    internal int ServerSignal { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    internal int Timer { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    internal int Report { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    /// <summary>Whom to send to.</summary>
    internal int Address { get => memory.ReadInt32(at + 32); set => memory.WriteInt32(at + 32, value); }

    internal int Port { get => memory.ReadInt32(at + 36); set => memory.WriteInt32(at + 36, value); }

    /// <summary>The stream; 0 for none. It is open when <see cref="IsOpen"/> is 1.</summary>
    internal int Flow { get => memory.ReadInt32(at + 40); set => memory.WriteInt32(at + 40, value); }

    internal int IsOpen { get => memory.ReadInt32(at + 44); set => memory.WriteInt32(at + 44, value); }

    /// <summary>The last record that there is, that went into this stream, and that has come for certain.</summary>
    internal int Made { get => memory.ReadInt32(at + 48); set => memory.WriteInt32(at + 48, value); }

    internal int Sent { get => memory.ReadInt32(at + 52); set => memory.WriteInt32(at + 52, value); }

    internal int Acknowledged { get => memory.ReadInt32(at + 56); set => memory.WriteInt32(at + 56, value); }

    /// <summary>Bytes of the next record that went already, and of the next answer that have come.</summary>
    internal int SentPart { get => memory.ReadInt32(at + 60); set => memory.WriteInt32(at + 60, value); }

    internal int AnswerPart { get => memory.ReadInt32(at + 64); set => memory.WriteInt32(at + 64, value); }

    /// <summary>Where the next record and the next answer are put together.</summary>
    internal int Outgoing => at + 68;

    internal int Incoming => at + 76;

    /// <summary>The answer that has come.</summary>
    internal int Answer => memory.ReadInt32(at + 76);

    /// <summary>Puts a record together.</summary>
    internal void Compose(int number)
    {
        memory.WriteInt32(at + 68, number);
        memory.WriteInt32(at + 72, TelemetryProtocol.ValueOf(number));
    }
}
