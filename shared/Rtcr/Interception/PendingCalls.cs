// Calls of targets that were sent on to somebody else and wait for the answer.
// Invariant: a place is in use exactly while an answer with its number as label is outstanding.
namespace Tern.Rtcr;

/// <summary>A fixed table of sent-on calls.</summary>
internal sealed class PendingCalls
{
    private readonly Target?[] _target;
    private readonly int[] _generation;
    private readonly int[] _token;
    private readonly CallRecord[] _record;

    internal PendingCalls(int capacity)
    {
        _target = new Target?[capacity];
        _generation = new int[capacity];
        _token = new int[capacity];
        _record = new CallRecord[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _record[i] = new CallRecord();
        }
    }

    /// <summary>Takes a place for a call; −1 when all are in use.</summary>
    internal int Add(Target target, int token, CallRecord record)
    {
        for (int i = 0; i < _target.Length; i++)
        {
            if (_target[i] == null)
            {
                _target[i] = target;
                _generation[i] = target.Generation;
                _token[i] = token;
                _record[i].CopyFrom(record);
                target.Waiting++;
                return i;
            }
        }

        return -1;
    }

    /// <summary>The target that waits; <c>null</c> when it has ended meanwhile.</summary>
    internal Target? TargetOf(int place)
        => _target[place] != null && _target[place]!.Generation == _generation[place] ? _target[place] : null;

    internal int Token(int place) => _token[place];

    internal CallRecord Record(int place) => _record[place];

    /// <summary>An entry's object has ended: calls to it lose their session, other calls what they gave.</summary>
    internal void Forget(Target target, int entry)
    {
        for (int place = 0; place < _target.Length; place++)
        {
            if (_target[place] == target && TargetOf(place) != null)
            {
                CallRecord record = _record[place];
                record.Session = record.Session == entry ? -1 : record.Session;
                record.Forget(entry);
            }
        }
    }

    internal void Remove(int place)
    {
        Target? target = TargetOf(place);
        if (target != null)
        {
            target.Waiting--;
        }

        _target[place] = null;
    }
}
