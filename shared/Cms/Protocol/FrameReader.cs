// Takes frames out of a stream of bytes, in whatever pieces it comes.
// Invariants: it never takes a byte beyond the frame's end, so bulk stays in the stream; a length is judged before
// anything is read by it; after a rejection it takes nothing more, the stream is of no use any longer.
using System;
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>An incremental decoder with a buffer for one frame.</summary>
public sealed class FrameReader
{
    private int _service;
    private int _filled;

    /// <summary>The frame; good while <see cref="IsComplete"/>.</summary>
    public Frame Frame { get; } = new Frame();

    /// <summary>Why the stream was rejected.</summary>
    public Error Error { get; private set; }

    /// <summary>Whether a whole frame is there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes are missing until something can be decided; 0 when a frame is complete or rejected.</summary>
    public int Wanted
    {
        get
        {
            if (IsComplete || Error != Error.None)
            {
                return 0;
            }

            return (_filled < Frame.HeaderSize ? Frame.HeaderSize : Frame.Size) - _filled;
        }
    }

    internal byte[] Buffer => Frame.Bytes;

    internal int Filled => _filled;

    /// <summary>Begins a new stream.</summary>
    /// <param name="service">Whose frames it may carry.</param>
    public void Begin(int service)
    {
        _service = service;
        Error = Error.None;
        Next();
    }

    /// <summary>Goes on to the next frame.</summary>
    public void Next()
    {
        _filled = 0;
        IsComplete = false;
    }

    /// <summary>Takes bytes until a frame is complete or rejected.</summary>
    /// <returns>How many were taken.</returns>
    public int Take(byte[] source, int offset, int length)
    {
        int taken = 0;
        while (taken < length && Wanted > 0)
        {
            int count = length - taken < Wanted ? length - taken : Wanted;
            Array.Copy(source, offset + taken, Buffer, _filled, count);
            taken += count;
            Advance(count);
        }

        return taken;
    }

    /// <summary>Judges bytes that were put at the end of the buffer, at most as many as wanted.</summary>
    internal void Advance(int count)
    {
        _filled += count;
        if (_filled == Frame.HeaderSize)
        {
            Error = Judge();
        }

        if (Error == Error.None && _filled >= Frame.HeaderSize && _filled == Frame.Size)
        {
            IsComplete = Frame.Word(Frame.CrcAt) == Frame.Checksum();
            Error = IsComplete ? Error.None : Error.BadData;
        }
    }

    /// <summary>Rejects a header whose numbers cannot be right, before any of them is used.</summary>
    private Error Judge()
    {
        byte[] header = Buffer;
        bool known = Frame.Word(0) == Frame.Magic && header[4] == Frame.Version && header[7] == _service;
        bool bounded = Frame.Length >= 0 && Frame.Length <= Frame.MaxPayload && Frame.BulkLength >= 0;
        bool flags = header[6] <= Frame.AnswerFlag && (header[6] == Frame.AnswerFlag || Frame.Status == Error.None);
        return known && bounded && flags ? Error.None : Error.BadData;
    }
}
