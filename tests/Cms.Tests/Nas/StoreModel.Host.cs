// What the store should do, said as simply as can be: a list of checkpoints, without a disk.
using System;
using System.Collections.Generic;
using System.Linq;
using Tern.Kernel;

namespace Tern.Cms.Tests;

/// <summary>Kinds of steps in a story.</summary>
internal enum StepKind
{
    StoreNew,
    StoreNext,
    StoreNextOfAny,
    Claim,
    Confirm,
    Abort,
}

/// <summary>A step: the same for the store and for the model, which must agree on its outcome.</summary>
internal sealed record Step(StepKind Kind, int Choice, long Mac, int Offset, int Content, int Size)
{
    internal Error Take(OpenStore open, StoreModel model) => Kind switch
    {
        StepKind.StoreNew => Store(open, model, new Checkpoint { Mac = Mac, Offset = Offset, Commit = 1 }),
        StepKind.StoreNext => Store(open, model, Successor(model.Pick(Choice, false))),
        StepKind.StoreNextOfAny => Store(open, model, Successor(model.PickAny(Choice))),
        StepKind.Claim => Claim(open, model),
        StepKind.Confirm => Confirm(open, model),
        _ => Abort(open, model),
    };

    private static Checkpoint Successor(Checkpoint? stored)
    {
        Checkpoint next = stored ?? new Checkpoint { Mac = 9, Epoch = 77 };
        next.Commit++;
        next.Claim = 0;
        return next;
    }

    private Error Store(OpenStore open, StoreModel model, Checkpoint checkpoint)
    {
        checkpoint.Size = Size;
        checkpoint.NeedCaps = Content;
        Checkpoint asked = checkpoint;
        Error error = open.Put(ref checkpoint, Content);
        if (error is not Error.DeviceFailed and not Error.Full)
        {
            Assert.AreEqual(model.Store(asked), error, ToString());
        }

        return error;
    }

    private Error Claim(OpenStore open, StoreModel model)
    {
        var wanted = new Checkpoint { Mac = Mac, Offset = Offset, Size = int.MaxValue, Ticket = 100 + Content };
        Error error = open.Claim(ref wanted, out int row);
        if (error != Error.DeviceFailed)
        {
            Assert.AreEqual(model.Claim(wanted, 100 + Content), error, ToString());
            Error read = Error.None;
            Assert.IsTrue(error != Error.None || open.HasOrFails(row, in wanted, wanted.NeedCaps, out read), "the image that was claimed");
            error = read == Error.None ? error : read;
        }

        return error;
    }

    private Error Confirm(OpenStore open, StoreModel model)
    {
        Checkpoint claim = model.Pick(Choice, true) ?? new Checkpoint { Mac = Mac, Offset = Offset, Claim = 55 };
        Error error = open.Store.Confirm(in claim, Content % 4 == 0 ? 0 : Mac, Offset);
        if (error != Error.DeviceFailed)
        {
            Assert.AreEqual(model.Confirm(claim, Content % 4 == 0 ? 0 : Mac, Offset), error, ToString());
        }

        return error;
    }

    private Error Abort(OpenStore open, StoreModel model)
    {
        Checkpoint claim = model.Pick(Choice, true) ?? new Checkpoint { Mac = Mac, Offset = Offset, Claim = 55 };
        Error error = open.Store.Abort(in claim);
        if (error != Error.DeviceFailed)
        {
            Assert.AreEqual(model.Abort(claim), error, ToString());
        }

        return error;
    }
}

/// <summary>The reference.</summary>
internal sealed class StoreModel
{
    private readonly List<Checkpoint> _live = [];
    private readonly List<Checkpoint> _everything = [];
    private readonly Dictionary<(long Mac, int Offset), int> _high = [];
    private readonly Dictionary<int, int> _lineage = [];

    internal static string Describe(in Checkpoint checkpoint, bool claimed)
        => $"{checkpoint.Mac}+{checkpoint.Offset} content {checkpoint.NeedCaps} size {checkpoint.Size} commit {checkpoint.Commit} epoch {checkpoint.Epoch}"
            + (claimed ? $" claim {checkpoint.Claim} by {checkpoint.Ticket}" : "");

    internal string State() => string.Join(' ', _live.Select(one => Describe(in one, one.Claim != 0)).Order(StringComparer.Ordinal));

    /// <summary>Some checkpoint that is stored, or claimed.</summary>
    internal Checkpoint? Pick(int choice, bool claimed)
    {
        List<Checkpoint> some = [.. _live.Where(one => one.Claim != 0 == claimed)];
        return some.Count == 0 ? null : some[choice % some.Count];
    }

    /// <summary>Some checkpoint that ever was.</summary>
    internal Checkpoint? PickAny(int choice) => _everything.Count == 0 ? null : _everything[choice % _everything.Count];

    internal Error Store(Checkpoint checkpoint)
    {
        int old;
        if (checkpoint.Epoch == 0)
        {
            checkpoint.Epoch = Raise(checkpoint.Mac, checkpoint.Offset);
            old = Newest(checkpoint.Mac, checkpoint.Offset);
        }
        else
        {
            old = _live.FindIndex(one => one.Is(checkpoint.Mac, checkpoint.Offset) && one.Claim == 0 && one.Epoch == checkpoint.Epoch);
            if (old < 0 || checkpoint.Commit <= _live[old].Commit)
            {
                return Error.Stale;
            }
        }

        if (old >= 0)
        {
            _live.RemoveAt(old);
        }

        _live.Add(checkpoint);
        _everything.Add(checkpoint);
        return Error.None;
    }

    internal Error Claim(Checkpoint wanted, int ticket)
    {
        int at = Newest(wanted.Mac, wanted.Offset);
        if (at < 0)
        {
            return _live.Any(one => one.Is(wanted.Mac, wanted.Offset)) ? Error.Stale : Error.NotFound;
        }

        Checkpoint claimed = _live[at];
        claimed.Claim = Raise(wanted.Mac, wanted.Offset);
        _lineage[ticket] = claimed.Ticket;
        claimed.Ticket = ticket;
        _live[at] = claimed;
        return Error.None;
    }

    internal Error Confirm(Checkpoint claim, long mac, int offset)
    {
        int at = Claimed(claim);
        if (at < 0)
        {
            return Error.Stale;
        }

        Checkpoint moved = _live[at];
        _live.RemoveAt(at);
        if (mac != 0)
        {
            moved.Epoch = Raise(mac, offset);
            moved.Mac = mac;
            moved.Offset = offset;
            moved.Claim = 0;
            _live.Add(moved);
            _everything.Add(moved);
        }

        return Error.None;
    }

    internal Error Abort(Checkpoint claim)
    {
        int at = Claimed(claim);
        if (at < 0)
        {
            return Error.Stale;
        }

        Checkpoint kept = _live[at];
        kept.Claim = 0;
        kept.Ticket = _lineage[kept.Ticket];
        _live[at] = kept;
        return Error.None;
    }

    private int Claimed(Checkpoint claim)
        => _live.FindIndex(one => one.Is(claim.Mac, claim.Offset) && one.Claim == claim.Claim && claim.Claim != 0);

    private int Newest(long mac, int offset)
    {
        int newest = -1;
        for (int i = 0; i < _live.Count; i++)
        {
            if (_live[i].Is(mac, offset) && _live[i].Claim == 0 && (newest < 0 || _live[i].Epoch > _live[newest].Epoch))
            {
                newest = i;
            }
        }

        return newest;
    }

    private int Raise(long mac, int offset)
    {
        int high = _high.GetValueOrDefault((mac, offset)) + 1;
        _high[(mac, offset)] = high;
        return high;
    }
}
