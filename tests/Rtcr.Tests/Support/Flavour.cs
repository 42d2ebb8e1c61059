// In which manner a target is checkpointed and restored. The numbers are the columns of the table of states.
namespace Tern.Tests;

/// <summary>The manners.</summary>
public static class Flavour
{
    /// <summary>The checkpoint is taken, and the target goes on.</summary>
    public const int GoesOn = 0;

    /// <summary>The target is ended, time passes, and it is restored on its own board.</summary>
    public const int SameBoard = 1;

    /// <summary>It is restored on a board that has just booted.</summary>
    public const int OtherBoard = 2;

    /// <summary>It is restored on a board that ran, and runs, other targets: other badges, selectors, and another place.</summary>
    public const int UsedBoard = 3;

    /// <summary>What was restored is checkpointed at once, and that is restored on a third board.</summary>
    public const int OfRestored = 4;

    /// <summary>One checkpoint is restored twice, one after the other.</summary>
    public const int Twice = 5;

    /// <summary>It is restored on a board where RTCR is a child of init.</summary>
    public const int UnderInit = 6;

    /// <summary>It is restored on a board with smaller pages.</summary>
    public const int SmallPages = 7;

    /// <summary>Its memory is beside a co-processor, here and where it is restored, and the co-processor copies it.</summary>
    public const int Beside = 8;

    /// <summary>Its memory is beside a co-processor, and it is restored on a board that has none.</summary>
    public const int FromBeside = 9;

    public const int Count = 10;

    public static string Name(int flavour) => flavour switch
    {
        GoesOn => "goes on",
        SameBoard => "same board",
        OtherBoard => "other board",
        UsedBoard => "used board",
        OfRestored => "of a restored one",
        Twice => "twice",
        UnderInit => "under init",
        SmallPages => "small pages",
        Beside => "beside a co-processor",
        _ => "from there to the board",
    };
}
