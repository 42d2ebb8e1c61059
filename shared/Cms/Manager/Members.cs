// The RTCRs that the manager knows, by MAC address.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>A fixed table of members.</summary>
internal sealed class Members
{
    /// <summary>Most ECUs.</summary>
    internal const int Capacity = 8;

    private readonly Env _env;
    private readonly Member[] _members = new Member[Capacity];
    private Shortage _shortage;

    internal Members(Env env, ManagerConfig config, CryptoSession crypto, IDsmOwner owner)
    {
        _env = env;
        for (int i = 0; i < Capacity; i++)
        {
            _members[i] = new Member(env, config, new DsmReader(env, crypto, owner));
        }
    }

    internal Member this[int index] => _members[index];

    internal int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < Capacity; i++)
            {
                count += _members[i].IsUsed ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>A member's number; −1 when it is not known.</summary>
    internal int Find(long mac)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_members[i].IsUsed && _members[i].Mac == mac)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Finds a member, or makes its acquaintance.</summary>
    /// <returns>Its number; −1 when the table is full.</returns>
    internal int Meet(long mac, int ip)
    {
        int index = Find(mac);
        for (int i = 0; i < Capacity && index < 0; i++)
        {
            index = _members[i].IsUsed ? -1 : i;
            if (index >= 0 && _shortage.Ends())
            {
                _env.Log("there is room for another ECU again");
            }
        }

        if (index < 0 && _shortage.Begins())
        {
            _env.Log("Error: the ECU " + Mac.Format(mac) + " at " + Ip4.Format(ip) + " is refused: this manager knows " + Capacity
                + " already, and no more fit. Give it another manager");
        }

        if (index >= 0)
        {
            _members[index].IsUsed = true;
            _members[index].Mac = mac;
            _members[index].Ip = ip;
            _members[index].Dsm.Mac = mac;
        }

        return index;
    }
}
