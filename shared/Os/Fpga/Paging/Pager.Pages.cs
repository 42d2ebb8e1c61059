// The pager's pages: how one gets into a frame, is shown, and leaves it.
// Invariant: a frame is dirty exactly while its page may be written to; a page that is in a frame need not be shown, so whoever
// touches it then asks, and has it shown.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class Pager
{
    private const int LongestTransfer = 4096;

    /// <summary>Reads a page into the next frame.</summary>
    private Error Load(int bank, int address, out int frame)
    {
        frame = _frames.First;
        Error error = _frames.IsUsed(frame) ? Save(frame) : Error.None;
        if (error != Error.None)
        {
            return error;
        }

        Forget(frame);
        error = Transfer(frame, address, true);
        if (error != Error.None)
        {
            Lose(bank);
        }
        else if (_banks.IsWhole(bank))
        {
            _frames.Take(frame, bank, address);
        }
        else
        {
            // The store has told of a loss while it was asked.
            error = Error.DeviceFailed;
        }

        return error;
    }

    /// <summary>Writes a page back if it is dirty; when that fails, its bank is broken and the frame is free.</summary>
    private Error Save(int frame)
    {
        int bank = _frames.Bank(frame);
        Error error = _frames.IsDirty(frame) ? Transfer(frame, _frames.Address(frame), false) : Error.None;
        if (error != Error.None)
        {
            Lose(bank);
        }

        return error;
    }

    /// <summary>Shows a frame's page, from now on with the right to write if that is wanted.</summary>
    private Error Show(int frame, bool isWrite)
    {
        bool isUpgrade = isWrite && !_frames.IsDirty(frame);
        if (isUpgrade)
        {
            Hide(frame);
            _frames.SetDirty(frame, true);
        }

        // When the page is there as it was wanted, it is not for the pager to help: a region on the way to it has not that right.
        int bank = _frames.Bank(frame);
        int at = _frames.Address(frame) - _banks.Address(bank);
        Rights rights = _frames.IsDirty(frame) ? Rights.ReadWrite : Rights.Read;
        _env.AttachAt(_banks.Map(bank), _dataspace, frame * _pageSize, _pageSize, at, rights);
        Error error = _env.LastError;
        if (error != Error.None && isUpgrade)
        {
            _frames.SetDirty(frame, false);
        }

        return error;
    }

    /// <summary>Nothing may be there: who has the bank may have detached the page.</summary>
    private void Hide(int frame)
        => _env.DetachFrom(_banks.Map(_frames.Bank(frame)), _frames.Address(frame) - _banks.Address(_frames.Bank(frame)));

    private void Forget(int frame)
    {
        if (_frames.IsUsed(frame))
        {
            Hide(frame);
            _frames.Free(frame);
        }
    }

    /// <summary>Forgets all pages of a bank, dirty or not.</summary>
    private void Abandon(int bank)
    {
        for (int frame = 0; frame < _frames.Count; frame++)
        {
            if (_frames.IsUsed(frame) && _frames.Bank(frame) == bank)
            {
                Forget(frame);
            }
        }
    }

    private bool IsWithin(int frame, int address, int length)
        => _frames.Address(frame) - address < length && address - _frames.Address(frame) < _pageSize;

    private Error Transfer(int frame, int address, bool isRead)
    {
        Error error = Error.None;
        for (int at = 0; at < _pageSize && error == Error.None; at += LongestTransfer)
        {
            int length = _pageSize - at < LongestTransfer ? _pageSize - at : LongestTransfer;
            error = isRead
                ? _store.ReadPage(address + at, _dataspace, (frame * _pageSize) + at, length)
                : _store.WritePage(address + at, _dataspace, (frame * _pageSize) + at, length);
        }

        return error;
    }
}
