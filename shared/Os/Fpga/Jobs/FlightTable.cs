// What the co-processor has and has not said to have ended: its jobs end in the order in which they were given, so this is a queue.
// A step is one of its jobs; a job of a client is one or several steps.
// Invariants: the numbers of the steps under way follow each other, modulo 256; at most one step owns the co-processor's payload buffer.
namespace Tern.Os;

/// <summary>Steps under way.</summary>
internal sealed class FlightTable
{
    private const int Places = 16;

    private readonly int[] _row = new int[Places];
    private readonly int[] _bytes = new int[Places];
    private readonly bool[] _hasPayload = new bool[Places];
    private readonly bool[] _isSuspect = new bool[Places];
    private int _first;
    private int _firstNumber;

    /// <summary>How many steps are under way.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of them own the payload's buffer: 0 or 1.</summary>
    internal int Payloads { get; private set; }

    /// <summary>The oldest step's number.</summary>
    internal int FirstNumber => _firstNumber;

    /// <summary>The oldest step's row in the job table; 0 for one of the driver's own.</summary>
    internal int FirstRow => _row[_first];

    /// <summary>Bytes that the oldest step moves.</summary>
    internal int FirstBytes => _bytes[_first];

    /// <summary>Whether a failure that was acknowledged may have been the oldest step's.</summary>
    internal bool IsFirstSuspect => _isSuspect[_first];

    /// <summary>Adds the step that the co-processor has just queued.</summary>
    internal void Add(int number, int row, int bytes, bool hasPayload)
    {
        int place = (_first + Count) % Places;
        _firstNumber = Count == 0 ? number : _firstNumber;
        _row[place] = row;
        _bytes[place] = bytes;
        _hasPayload[place] = hasPayload;
        _isSuspect[place] = false;
        Payloads += hasPayload ? 1 : 0;
        Count++;
    }

    /// <summary>How many of the oldest steps have ended, when the co-processor tells which ended last.</summary>
    internal int Ended(byte finished)
    {
        int ended = ((finished - _firstNumber) & 0xff) + 1;
        return ended <= Count ? ended : 0;
    }

    /// <summary>Marks the oldest steps as perhaps failed.</summary>
    internal void Suspect(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _isSuspect[(_first + i) % Places] = true;
        }
    }

    /// <summary>Removes the oldest step.</summary>
    internal void RemoveFirst()
    {
        Payloads -= _hasPayload[_first] ? 1 : 0;
        _first = (_first + 1) % Places;
        _firstNumber = (_firstNumber + 1) & 0xff;
        Count--;
    }
}
