// A device that is full after so many bytes: what a full disk does to a writer, on every machine and at a known byte.
namespace Tern.HostEmulator.Tests;

internal sealed class LimitedStream(int most) : MemoryStream
{
    internal const string Reason = "No space left on the test's device";

    /// <summary>How many writes have failed.</summary>
    internal int Failures { get; private set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        int room = (int)Math.Min(count, most - Length);
        base.Write(buffer, offset, room);
        if (room < count)
        {
            Failures++;
            throw new IOException(Reason);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);
}
