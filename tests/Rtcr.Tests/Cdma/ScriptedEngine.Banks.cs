// The memory of a scripted co-processor as its client sees it: managed dataspaces that are shown page by page, and its loss.
// Invariant: after a loss nothing of the banks made before is shown any more, whoever touches them.
using Tern.Kernel;

namespace Tern.Tests;

public sealed partial class ScriptedEngine
{
    private const int MostBanks = 8;
    private const int FirstBankLabel = 50;
    private const int Page = 4096;

    private readonly int[] _map = new int[MostBanks];
    private readonly int[] _gate = new int[MostBanks];
    private readonly int[] _address = new int[MostBanks];
    private readonly int[] _bankSize = new int[MostBanks];
    private readonly bool[] _isBroken = new bool[MostBanks];

    /// <summary>So many more pages are shown, and at the next one the co-processor turns out to be gone; −1 for all.</summary>
    public int Touches { get; set; } = -1;

    /// <summary>How many pages were shown.</summary>
    public int Shown { get; private set; }

    /// <summary>How many banks there are.</summary>
    public int Banks
    {
        get
        {
            int count = 0;
            for (int row = 0; row < MostBanks; row++)
            {
                count += _map[row] != 0 ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The co-processor is pulled, and the driver notices.</summary>
    public void Pull()
    {
        PullUnnoticed();
        Signal();
    }

    /// <summary>The co-processor is pulled; nobody is told before something is asked.</summary>
    public void PullUnnoticed()
    {
        IsPresent = false;
        LoseJobs();
        for (int row = 0; row < MostBanks; row++)
        {
            _isBroken[row] = true;
            for (int at = 0; _map[row] != 0 && at < _bankSize[row]; at += Page)
            {
                _env.DetachFrom(_map[row], at);
            }
        }
    }

    /// <summary>The co-processor is back, its memory empty.</summary>
    public void Plug()
    {
        IsPresent = true;
        Generation++;
        Touches = -1;
        int at = _memory == Selectors.Invalid ? 0 : _env.Attach(_memory);
        if (at != 0)
        {
            _env.Memory.Clear(at, _env.SizeOf(_memory));
            _env.Detach(at);
        }

        Signal();
    }

    private static bool IsBank(int label) => label >= FirstBankLabel && label < FirstBankLabel + MostBanks;

    private int MakeBank(int address, int size, out Error error)
    {
        int row = 0;
        while (_map[row] != 0)
        {
            Assert.IsTrue(address >= _address[row] + _bankSize[row] || _address[row] >= address + size, "two banks show the same memory");
            row++;
        }

        _map[row] = new RmSession(_env, _rm).Create(size, out error);
        Expect.Ok(error);
        _gate[row] = _env.Gate(FirstBankLabel + row);
        Expect.Ok(_env.SetFaultHandler(_map[row], _gate[row]));
        _address[row] = address;
        _bankSize[row] = size;
        _isBroken[row] = !IsPresent;
        return _map[row];
    }

    private Error Show(int label, int at)
    {
        int row = label - FirstBankLabel;
        if (Touches == 0)
        {
            Pull();
        }

        if (_isBroken[row])
        {
            return Error.DeviceFailed;
        }

        Touches -= Touches > 0 ? 1 : 0;
        Shown++;
        at &= -Page;
        _env.AttachAt(_map[row], _memory, _address[row] + at, Page, at, Rights.ReadWrite);
        return _env.LastError;
    }

    private Error EndBank(int bank)
    {
        for (int row = 0; row < MostBanks; row++)
        {
            if (_map[row] != 0 && _env.Badge(_map[row]) == _env.Badge(bank))
            {
                End(row);
                return Error.None;
            }
        }

        return Error.InvalidCapability;
    }

    private void EndBanks()
    {
        for (int row = 0; row < MostBanks; row++)
        {
            if (_map[row] != 0)
            {
                End(row);
            }
        }
    }

    private void End(int row)
    {
        new RmSession(_env, _rm).Destroy(_map[row]);
        new PdSession(_env, Selectors.Pd).FreeGate(_gate[row]);
        _map[row] = 0;
    }

    private void ForgetBanks()
    {
        for (int row = 0; row < MostBanks; row++)
        {
            _map[row] = 0;
        }
    }
}
