// Standard output, whose failures tell what failed: the host says "No space left on device" and not of what.
// Invariant: a failure is thrown once. What is written after it is dropped: a person has been told, and need not be told at every flush.
namespace Tern.HostEmulator;

/// <summary>The stream behind <see cref="Output.Standard"/>.</summary>
internal sealed class StandardOutput(Stream stream) : Stream
{
    private bool _hasFailed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            stream.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private IOException Failed(Exception reason)
    {
        _hasFailed = true;
        return new IOException("standard output cannot be written: " + (reason.InnerException ?? reason).Message, reason);
    }
}
