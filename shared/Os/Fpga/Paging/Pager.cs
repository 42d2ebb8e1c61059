// Shows parts of the co-processor's memory as managed dataspaces. A page is read when it is touched, into one of few frames,
// shown read-only until somebody wants to write there, and written back before another gets its frame.
// Invariants: a page that is shown has the store's bytes, or it is dirty and shown with the right to write; a page that is not dirty is
// never shown so, hence the first write is noticed; what could not be read or written back is shown to nobody again.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>
/// The fault handler of the banks. Faults are upcalls of the kernel, which makes none while a handler of the pager's component runs: that
/// component itself cannot touch a bank, nor can whom it calls.
/// </summary>
/// <remarks>A store may call <see cref="Break"/> while it is asked, and nothing else of the pager.</remarks>
internal sealed partial class Pager
{
    private readonly Env _env;
    private readonly IPageStore _store;
    private readonly FrameTable _frames;
    private readonly BankTable _banks;
    private readonly int[] _gates;
    private readonly int _firstLabel;
    private readonly int _pageSize;
    private readonly int _rm;
    private readonly int _dataspace;
    private readonly Error _failure;

    /// <summary>Opens an RM session, allocates the frames and makes the gates; an error there is what <see cref="Create"/> answers.</summary>
    /// <param name="env">The driver's environment.</param>
    /// <param name="store">Where the pages are.</param>
    /// <param name="frames">How many pages can be shown at once; <see cref="FrameTable.Least"/> at least.</param>
    /// <param name="banks">How many banks there can be at once.</param>
    /// <param name="firstLabel">The label of the first bank's gate; those of the others follow it.</param>
    internal Pager(Env env, IPageStore store, int frames, int banks, int firstLabel)
    {
        _env = env;
        _store = store;
        _frames = new FrameTable(frames < FrameTable.Least ? FrameTable.Least : frames);
        _banks = new BankTable(banks);
        _gates = new int[banks];
        _firstLabel = firstLabel;
        _pageSize = env.Memory.PageSize;
        _dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(_frames.Count * _pageSize, out _failure);
        _rm = env.Connect("RM");
        _failure = _failure == Error.None && _rm == Selectors.Invalid ? env.LastError : _failure;
        for (int bank = 0; bank < banks && _failure == Error.None; bank++)
        {
            _gates[bank] = env.Gate(firstLabel + bank);
            _failure = _gates[bank] == Selectors.Invalid ? env.LastError : Error.None;
        }
    }

    /// <summary>Shows a part of the store's memory; its content is taken as it is.</summary>
    /// <param name="address">The first byte, a multiple of the page size.</param>
    /// <param name="size">Bytes, a multiple of the page size.</param>
    /// <param name="bank">The selector of the managed dataspace.</param>
    /// <returns>BadArgument for what is not whole pages; Exists when another bank shows a part of it; TableFull when there are too many.</returns>
    internal Error Create(int address, int size, out int bank)
    {
        bank = Selectors.Invalid;
        if (_failure != Error.None)
        {
            return _failure;
        }

        if (address < 0 || size <= 0 || address > int.MaxValue - size || ((address | size) & (_pageSize - 1)) != 0)
        {
            return Error.BadArgument;
        }

        int row = _banks.FindFree();
        if (row < 0 || _banks.IsTaken(address, size))
        {
            return row < 0 ? Error.TableFull : Error.Exists;
        }

        int map = new RmSession(_env, _rm).Create(size, out Error error);
        error = error == Error.None ? _env.SetFaultHandler(map, _gates[row]) : error;
        if (error == Error.None)
        {
            _banks.Add(row, address, size, map);
            bank = map;
        }
        else if (map != Selectors.Invalid)
        {
            new RmSession(_env, _rm).Destroy(map);
        }

        return error;
    }

    /// <summary>Ends a bank, and every capability to it. Its dirty pages are written back first.</summary>
    /// <param name="bank">Any selector that names the managed dataspace.</param>
    /// <returns>InvalidCapability when it names none; why a page could not be written back: the bank has ended all the same.</returns>
    internal Error Destroy(int bank)
    {
        int row = Find(bank);
        if (row < 0)
        {
            return Error.InvalidCapability;
        }

        Error error = _banks.IsWhole(row) ? WriteBack(_banks.Address(row), _banks.Size(row)) : Error.None;
        Abandon(row);
        new RmSession(_env, _rm).Destroy(_banks.Map(row));
        _banks.Remove(row);
        return error;
    }

    /// <summary>Handles a fault: a request that came to one of the pager's gates.</summary>
    /// <returns>None once the access can be tried again; otherwise the one who touched the page faults.</returns>
    internal Error OnFault(int label, Message request)
    {
        int bank = label - _firstLabel;
        if (request.Opcode != FaultOperation.Resolve)
        {
            return Error.UnknownOpcode;
        }

        if (!_banks.IsWhole(bank))
        {
            return Error.DeviceFailed;
        }

        int at = request.Word(0);
        bool isWrite = (request.Word(1) & (int)Rights.Write) != 0;
        if ((uint)at >= (uint)_banks.Size(bank))
        {
            return Error.BadArgument;
        }

        int address = _banks.Address(bank) + (at & -_pageSize);
        int frame = _frames.Find(address);
        Error error = frame < 0 ? Load(bank, address, out frame) : Error.None;
        return error == Error.None ? Show(frame, isWrite) : error;
    }

    /// <summary>Writes dirty pages back. They stay shown, read-only, so that the next write is noticed.</summary>
    /// <param name="address">The first byte in the store's memory.</param>
    /// <param name="length">Bytes; pages that have only a part in the range are written back too.</param>
    /// <returns>The first error: that bank is broken.</returns>
    internal Error WriteBack(int address, int length)
    {
        Error result = Error.None;
        for (int frame = 0; frame < _frames.Count; frame++)
        {
            if (!_frames.IsDirty(frame) || !IsWithin(frame, address, length))
            {
                continue;
            }

            Error error = Save(frame);
            result = result == Error.None ? error : result;
            if (_frames.IsDirty(frame))
            {
                _frames.SetDirty(frame, false);
                Hide(frame);
                Show(frame, false);
            }
        }

        return result;
    }

    /// <summary>Forgets pages, which are read anew when they are touched again. Pages that have only a part in the range are written back first.</summary>
    /// <param name="address">The first byte in the store's memory.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>The first error: that bank is broken.</returns>
    internal Error Drop(int address, int length)
    {
        Error result = Error.None;
        for (int frame = 0; frame < _frames.Count; frame++)
        {
            if (!_frames.IsUsed(frame) || !IsWithin(frame, address, length))
            {
                continue;
            }

            int before = _frames.Address(frame) - address;
            bool isWhole = before >= 0 && before <= length - _pageSize;
            Error error = isWhole ? Error.None : Save(frame);
            result = result == Error.None ? error : result;
            Forget(frame);
        }

        return result;
    }

    /// <summary>Breaks every bank that has a part in a range, whole: nothing of it is shown any more, and faults are refused until it is ended.</summary>
    /// <param name="address">The first byte in the store's memory.</param>
    /// <param name="length">Bytes.</param>
    internal void Break(int address, int length)
    {
        for (int bank = 0; bank < _banks.Count; bank++)
        {
            if (_banks.IsWhole(bank) && _banks.Overlaps(bank, address, length))
            {
                Lose(bank);
            }
        }
    }

    private void Lose(int bank)
    {
        _banks.Break(bank);
        Abandon(bank);
    }

    private int Find(int selector)
    {
        int badge = _env.Badge(selector);
        int bank = badge == 0 ? -1 : _banks.Count - 1;
        while (bank >= 0 && (!_banks.IsUsed(bank) || _env.Badge(_banks.Map(bank)) != badge))
        {
            bank--;
        }

        return bank;
    }
}
