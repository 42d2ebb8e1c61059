// Sends the frames that the driver in shared/Os/Fpga sends, and looks at every answer: each command is followed by a poll that brings its reply.
// Invariant: what is measured was done. A reply that is missing, damaged or says anything but Ok ends the measurement.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator;

/// <summary>The board's end of the protocol.</summary>
/// <param name="line">The wires.</param>
internal sealed class FpgaMaster(FpgaLine line)
{
    private const int CrcSize = 4;
    private const int Empty = FpgaReply.Payload + CrcSize;
    private const int IdentitySize = 16;

    private readonly byte[] _command = new byte[Empty + FpgaLimits.Payload];
    private readonly byte[] _reply = new byte[Empty + FpgaLimits.Payload];
    private byte _sequence;

    /// <summary>Introduces itself, and has the interrupt line rise when a job ends.</summary>
    internal void Meet()
    {
        Execute(FpgaCommand.Identify, 0, 0, 0, answer: IdentitySize);
        Execute(FpgaCommand.InterruptAcknowledge, FpgaInterrupt.JobDone | FpgaInterrupt.JobFailed | FpgaInterrupt.Idle, 0, 0);
        Execute(FpgaCommand.InterruptEnable, FpgaInterrupt.JobDone | FpgaInterrupt.JobFailed, 0, 0);
    }

    /// <summary>Has a command executed that is not a job.</summary>
    internal void Execute(byte command, uint argument0, uint argument1, uint argument2, ReadOnlySpan<byte> payload = default, int answer = 0)
    {
        Send(command, argument0, argument1, argument2, payload);
        Poll(answer);
    }

    /// <summary>Gives a job.</summary>
    /// <returns>Its number.</returns>
    internal byte Give(byte command, uint argument0, uint argument1, uint argument2, ReadOnlySpan<byte> payload = default)
    {
        Execute(command, argument0, argument1, argument2, payload);
        return _reply[FpgaReply.Value];
    }

    /// <summary>Gives a job while no cause of an interrupt is pending, and waits for its end.</summary>
    /// <returns>The clocks from the end of its frame until the interrupt line is high.</returns>
    internal long ClocksOf(byte command, uint argument0, uint argument1, uint argument2, ReadOnlySpan<byte> payload = default)
    {
        Send(command, argument0, argument1, argument2, payload);
        long clocks = line.ClocksUntilInterrupt();
        Poll(0);
        Acknowledge();
        return clocks;
    }

    /// <summary>Whether the last reply says that a job has ended.</summary>
    internal bool HasEnded(byte job) => _reply[FpgaReply.FinishedJob] == job;

    /// <summary>Has the interrupt line fall, once it is high; the reply says which job has ended.</summary>
    /// <returns>Whether it stays low.</returns>
    internal bool Acknowledge()
    {
        line.AwaitInterrupt();
        Execute(FpgaCommand.InterruptAcknowledge, FpgaInterrupt.JobDone | FpgaInterrupt.Idle, 0, 0);
        Expect((_reply[FpgaReply.Interrupts] & FpgaInterrupt.JobFailed) == 0, "a job failed");
        return (_reply[FpgaReply.Flags] & FpgaFlag.Interrupt) == 0;
    }

    private void Send(byte command, uint argument0, uint argument1, uint argument2, ReadOnlySpan<byte> payload)
    {
        _sequence++;
        int length = Empty + payload.Length;
        Span<byte> frame = _command.AsSpan(0, length);
        frame[FpgaRequest.Command] = command;
        frame[FpgaRequest.Sequence] = _sequence;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[FpgaRequest.Length..], (ushort)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[FpgaRequest.Argument0..], argument0);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[FpgaRequest.Argument1..], argument1);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[FpgaRequest.Argument2..], argument2);
        payload.CopyTo(frame[FpgaRequest.Payload..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[^CrcSize..], Crc32.Continue(0, frame[..^CrcSize]));
        line.Transfer(frame, _reply.AsSpan(0, length));
    }

    private void Poll(int answer)
    {
        int length = Empty + answer;
        Span<byte> frame = _command.AsSpan(0, length);
        frame.Clear();
        frame[FpgaRequest.Command] = FpgaCommand.Poll;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[FpgaRequest.Payload..], Crc32.Continue(0, frame[..FpgaRequest.Payload]));
        Span<byte> reply = _reply.AsSpan(0, length);
        line.Transfer(frame, reply);
        Expect(reply[0] == FpgaLead.First && reply[1] == FpgaLead.Second, "no reply");
        int payload = BinaryPrimitives.ReadUInt16LittleEndian(reply[FpgaReply.Length..]);
        Expect(payload <= answer, "a reply is longer than was asked for");
        int end = FpgaReply.Payload + payload;
        Expect(BinaryPrimitives.ReadUInt32LittleEndian(reply[end..]) == Crc32.Continue(0, reply[FpgaReply.Sequence..end]), "a reply is damaged");
        Expect(reply[FpgaReply.Sequence] == _sequence, "a command was not taken");
        Expect(reply[FpgaReply.Status] == FpgaStatus.Ok, "a command was refused");
    }

    private void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new MeasurementException(FormattableString.Invariant(
                $"the co-processor does not do as its protocol says: {otherwise} (command 0x{_command[0]:X2}, status 0x{_reply[FpgaReply.Status]:X2})"));
        }
    }
}
