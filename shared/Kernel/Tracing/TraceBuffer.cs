// A subject's trace buffer: a client's dataspace that the kernel writes records into.
// Invariants: the kernel believes nothing that stands in the buffer; when the dataspace ends, nothing is written any more.
namespace Tern.Kernel;

/// <summary>A ring of records in a dataspace.</summary>
internal sealed class TraceBuffer
{
    private readonly ObjectTable _objects;
    private readonly int _dataspace;
    private readonly int _badge;
    private readonly byte[] _memory;
    private readonly int _offset;
    private readonly int _capacity;
    private long _written;
    private int _next;

    internal TraceBuffer(Microkernel kernel, int dataspace, int subject, CoreSession session)
    {
        DataspaceTable table = kernel.Memory.Dataspaces;
        int row = kernel.Objects.Index(dataspace);
        _objects = kernel.Objects;
        _dataspace = dataspace;
        _badge = kernel.Objects.Badge(dataspace);
        _memory = table.Memory(row);
        _offset = table.Offset(row);
        _capacity = (table.Size(row) - TraceFormat.HeaderSize) / TraceFormat.RecordSize;
        Session = session;
        LittleEndian.Write(_memory, _offset, TraceFormat.Magic);
        LittleEndian.Write(_memory, _offset + TraceFormat.VersionAt, TraceFormat.Version | (TraceFormat.RecordSize << 16));
        LittleEndian.Write(_memory, _offset + TraceFormat.CapacityAt, _capacity);
        LittleEndian.Write(_memory, _offset + TraceFormat.SubjectAt, subject);
        WriteCount();
    }

    /// <summary>Whose buffer it is; with this session it is detached.</summary>
    internal CoreSession Session { get; }

    /// <summary>Whether records are left out for now.</summary>
    internal bool IsPaused;

    internal void Write(long time, int sequence, int kind, int subject, int a, int b, int c)
    {
        if (IsPaused || !_objects.IsLive(_dataspace, _badge))
        {
            return;
        }

        int at = _offset + TraceFormat.HeaderSize + (_next * TraceFormat.RecordSize);
        LittleEndian.Write(_memory, at + TraceFormat.TimeAt, (int)time);
        LittleEndian.Write(_memory, at + TraceFormat.TimeAt + 4, (int)(time >> 32));
        LittleEndian.Write(_memory, at + TraceFormat.SequenceAt, sequence);
        LittleEndian.Write(_memory, at + TraceFormat.KindAt, kind);
        LittleEndian.Write(_memory, at + TraceFormat.RecordSubjectAt, subject);
        LittleEndian.Write(_memory, at + TraceFormat.WordsAt, a);
        LittleEndian.Write(_memory, at + TraceFormat.WordsAt + 4, b);
        LittleEndian.Write(_memory, at + TraceFormat.WordsAt + 8, c);
        _next = _next + 1 == _capacity ? 0 : _next + 1;
        _written++;
        WriteCount();
    }

    private void WriteCount()
    {
        LittleEndian.Write(_memory, _offset + TraceFormat.WrittenAt, (int)_written);
        LittleEndian.Write(_memory, _offset + TraceFormat.WrittenAt + 4, (int)(_written >> 32));
    }
}
