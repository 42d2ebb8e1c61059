// Objects of others that clients gave to targets. RTCR holds each itself, so that a target which is restored here gets it
// back while it lives. On another board they are not there.
// Invariant: a row is in use while a request on its way carries it or a target has an entry for it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A fixed table of foreign capabilities.</summary>
internal sealed class ForeignTable
{
    private readonly Env _env;
    private readonly int[] _selector;
    private readonly int[] _badge;
    private readonly int[] _uses;
    private readonly int[] _number;
    private readonly string[] _owner;

    internal ForeignTable(Env env, int capacity)
    {
        _env = env;
        _selector = new int[capacity];
        _badge = new int[capacity];
        _uses = new int[capacity];
        _number = new int[capacity];
        _owner = new string[capacity];
    }

    internal int Capacity => _selector.Length;

    /// <summary>RTCR's selector; invalid for a free row.</summary>
    internal int Selector(int row) => _selector[row];

    /// <summary>The number by which the images of the target that has it know it; 0 when no target has it.</summary>
    internal int Number(int row) => _number[row];

    /// <summary>Takes a capability that came with a request, for a request on its way; one that is there already is used once more.</summary>
    /// <returns>The row; −1 when there is none, or no room for the capability.</returns>
    internal int Take(string owner, int selector)
    {
        int badge = _env.Badge(selector);
        int free = -1;
        for (int row = 0; row < _selector.Length; row++)
        {
            bool isFree = _selector[row] == Selectors.Invalid;
            if (!isFree && _badge[row] == badge && (_owner[row] == owner || _number[row] == 0))
            {
                _uses[row]++;
                return row;
            }

            free = isFree && free < 0 ? row : free;
        }

        if (free < 0 || _env.Keep(selector) == Selectors.Invalid)
        {
            return -1;
        }

        _selector[free] = selector;
        _badge[free] = badge;
        _uses[free] = 1;
        _number[free] = 0;
        _owner[free] = "";
        return free;
    }

    /// <summary>A target gets it, under a number of its own.</summary>
    internal void Give(int row, Target target)
    {
        if (_number[row] == 0)
        {
            _owner[row] = target.Name;
            _number[row] = target.NextNumber++;
        }
    }

    /// <summary>A request that carried it is over.</summary>
    internal void Unuse(int row)
    {
        _uses[row]--;
        ReleaseUnused(row);
    }

    /// <summary>The row that a target's images know by a number; −1 when there is none or its object has ended.</summary>
    internal int Find(string owner, int number)
    {
        for (int row = 0; row < _selector.Length; row++)
        {
            if (_selector[row] != Selectors.Invalid && _number[row] == number && number > 0 && _owner[row] == owner)
            {
                return _env.Badge(_selector[row]) == 0 ? -1 : row;
            }
        }

        return -1;
    }

    /// <summary>A target has it no longer.</summary>
    internal void Forget(string owner, int number)
    {
        for (int row = 0; row < _selector.Length; row++)
        {
            if (_selector[row] != Selectors.Invalid && _number[row] == number && number > 0 && _owner[row] == owner)
            {
                _number[row] = 0;
                ReleaseUnused(row);
            }
        }
    }

    /// <summary>A target is gone for good, or what it has not got back in its restore is.</summary>
    /// <param name="owner">The target's name.</param>
    /// <param name="storage">What it has now; <c>null</c> for nothing.</param>
    internal void ForgetAllBut(string owner, OnlineStorage? storage)
    {
        for (int row = 0; row < _selector.Length; row++)
        {
            bool concerns = _selector[row] != Selectors.Invalid && _number[row] > 0 && _owner[row] == owner;
            if (concerns && (storage == null || storage.Find(_badge[row]) < 0))
            {
                _number[row] = 0;
                ReleaseUnused(row);
            }
        }
    }

    /// <summary>The highest number that a target has been given here.</summary>
    internal int Highest(string owner)
    {
        int highest = 0;
        for (int row = 0; row < _selector.Length; row++)
        {
            bool concerns = _selector[row] != Selectors.Invalid && _owner[row] == owner;
            highest = concerns && _number[row] > highest ? _number[row] : highest;
        }

        return highest;
    }

    private void ReleaseUnused(int row)
    {
        if (_uses[row] == 0 && _number[row] == 0)
        {
            _env.Release(_selector[row]);
            _selector[row] = Selectors.Invalid;
        }
    }
}
