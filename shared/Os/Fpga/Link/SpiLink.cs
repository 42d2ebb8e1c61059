// Commands to the co-processor, each executed once or not at all, over a wire that loses and flips bits.
// A command goes out in one selection and its reply comes in with the next, so each command is followed by a poll. A reply of another
// sequence number says that the command was not taken: the same frame is sent again; one that was taken is not executed twice.
// Invariants: nothing here goes on without bound: after MostSends sends of a command, or MostPolls selections without a whole reply, the
// co-processor counts as lost, and from then on every command is refused until Begin. So does one that was reset.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The link.</summary>
/// <param name="frames">The memory for frames.</param>
internal sealed class SpiLink(FrameBuffer frames)
{
    /// <summary>How often a command is sent.</summary>
    internal const int MostSends = 16;

    /// <summary>How many selections in a row may bring no whole reply.</summary>
    internal const int MostPolls = 16;

    private byte _sequence;

    /// <summary>The last reply that came whole.</summary>
    internal ReplyFrame Reply { get; } = new ReplyFrame();

    /// <summary>The memory for frames.</summary>
    internal FrameBuffer Frames { get; } = frames;

    /// <summary>Whether the co-processor did not answer, or was reset, since <see cref="Begin"/>.</summary>
    internal bool IsLost { get; private set; } = true;

    /// <summary>Whether Identify has been answered: from then on a reply that denies it tells of a reset.</summary>
    internal bool IsIntroduced { get; set; }

    /// <summary>Begins anew.</summary>
    /// <returns>Whether anybody answers.</returns>
    internal bool Begin()
    {
        IsLost = false;
        IsIntroduced = false;
        if (Poll(0) != Error.None)
        {
            return false;
        }

        _sequence = Reply.Sequence;
        return true;
    }

    /// <summary>Gives the co-processor up.</summary>
    /// <returns>Unreachable.</returns>
    internal Error Lose()
    {
        IsLost = true;
        IsIntroduced = false;
        return Error.Unreachable;
    }

    /// <summary>Has a command without a payload taken.</summary>
    internal Error Execute(byte command, int argument0, int argument1, int argument2)
        => Execute(command, argument0, argument1, argument2, 0, 0);

    /// <summary>Has a command taken.</summary>
    /// <param name="command">See <see cref="FpgaCommand"/>.</param>
    /// <param name="argument0">First argument.</param>
    /// <param name="argument1">Second argument.</param>
    /// <param name="argument2">Third argument.</param>
    /// <param name="payload">Bytes of payload, which stand in the frame already.</param>
    /// <param name="answer">Most bytes of payload of its reply.</param>
    /// <returns>None: taken, and <see cref="Reply"/> is its reply, perhaps Pending. Busy: not taken, for its payload has no room yet. Unreachable: lost.</returns>
    internal Error Execute(byte command, int argument0, int argument1, int argument2, int payload, int answer)
    {
        if (IsLost)
        {
            return Error.Unreachable;
        }

        byte sequence = (byte)(_sequence + 1);
        if (Frames.Compose(command, sequence, payload, argument0, argument1, argument2) != Error.None)
        {
            return Lose();
        }

        for (int sends = 0; sends < MostSends; sends++)
        {
            Error error = Frames.Send(payload);
            error = error == Error.None || sends + 1 < MostSends ? Poll(answer) : error;
            if (error != Error.None)
            {
                return Lose();
            }

            if (Reply.Sequence == sequence)
            {
                _sequence = sequence;
                return Reply.Status == FpgaStatus.NotIntroduced && IsIntroduced ? Lose() : Error.None;
            }

            if (Reply.Link == Fpga.FpgaLink.Busy)
            {
                return Error.Busy;
            }
        }

        return Lose();
    }

    /// <summary>Waits for the reply of a command that was taken.</summary>
    /// <param name="answer">Most bytes of its payload.</param>
    /// <param name="polls">How often to ask.</param>
    /// <returns>None: <see cref="Reply"/> is not Pending any more. Unreachable: lost.</returns>
    internal Error Await(int answer, int polls)
    {
        while (Reply.Status == FpgaStatus.Pending)
        {
            if (polls-- == 0 || Poll(answer) != Error.None)
            {
                return Lose();
            }
        }

        return Error.None;
    }

    /// <summary>
    /// Asks for the last reply once more, which also tells how far the jobs are. The co-processor holds it until the next command is taken: where its
    /// payload is longer than expected, as a page's that was read last, the next selection brings the whole of it.
    /// </summary>
    /// <param name="answer">How much payload is expected.</param>
    /// <returns>None or Unreachable.</returns>
    internal Error Poll(int answer)
    {
        if (IsLost)
        {
            return Error.Unreachable;
        }

        for (int polls = 0; polls < MostPolls; polls++)
        {
            if (Frames.Poll(answer, Reply))
            {
                return IsIntroduced && !Reply.IsIntroduced ? Lose() : Error.None;
            }

            answer = Reply.Cut > answer && Reply.Cut <= Frames.MostPayload ? Reply.Cut : answer;
        }

        return Lose();
    }
}
