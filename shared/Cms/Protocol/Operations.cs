// What can be asked on each interface. docs/protocol.md has the byte tables.
// Invariant: the numbers are part of the protocol; they are never reused.
namespace Tern.Cms;

/// <summary>Which interface a frame is for; a frame that reaches another one is rejected.</summary>
public static class ServiceId
{
    /// <summary>The manager's main interface.</summary>
    public const int Manager = 1;

    /// <summary>An RTCR's system information.</summary>
    public const int Information = 2;

    /// <summary>An RTCR's migrate-and-restore interface.</summary>
    public const int Migration = 3;

    /// <summary>The network-attached storage.</summary>
    public const int Nas = 4;

    /// <summary>A DSM broker.</summary>
    public const int Broker = 5;
}

/// <summary>Operations of the manager. Each request carries a <see cref="Checkpoint"/>, of which MAC and IP are always set.</summary>
public static class ManagerOperation
{
    /// <summary>Establishes a DSM. Size: its bytes. Answer: the broker's port.</summary>
    public const int Establish = 0;

    /// <summary>A new checkpoint is committed. Answered when it is stored at the NAS, with its epoch.</summary>
    public const int NewCheckpoint = 1;

    /// <summary>
    /// Asks for a migration. Offset: which checkpoint. After the checkpoint, 4 bytes: <see cref="AnyBoard"/>, or one more than
    /// the load in thousandths that the board to go to may have, and then the origin is not an answer. Answered when it runs
    /// elsewhere, or does not.
    /// </summary>
    public const int Migrate = 2;

    /// <summary>Any board will do, and the origin too where it is the only one.</summary>
    public const int AnyBoard = 0;

    /// <summary>Any board but the origin will do.</summary>
    public const int AnyOtherBoard = 1001;
}

/// <summary>Operations of an RTCR's system information.</summary>
public static class InformationOperation
{
    /// <summary>Answer: a <see cref="SystemInformation"/>.</summary>
    public const int Read = 0;
}

/// <summary>Operations of an RTCR's migrate-and-restore interface. Each may be repeated: the outcome stays the same.</summary>
public static class MigrationOperation
{
    /// <summary>
    /// Offers a claimed checkpoint, with the attempt's number. Answered with None when its image may be sent, with Exists
    /// and its new place when it runs here already.
    /// </summary>
    public const int Restore = 0;

    /// <summary>Tells the origin to end its copy, because its checkpoint is claimed. Answered when nothing of it runs.</summary>
    public const int Stop = 1;

    /// <summary>
    /// Asks what became of an offered checkpoint: None with its new place when it was restored, Busy while that is
    /// under way, NotFound when not, and then it never will be by this attempt or an earlier one.
    /// </summary>
    public const int Settle = 2;

    /// <summary>The image of the checkpoint that was offered on the same flow, as bulk. Answered when it runs, with its new place.</summary>
    public const int Image = 3;
}

/// <summary>Operations of the NAS.</summary>
public static class NasOperation
{
    /// <summary>Offers a checkpoint to store. Answered with None and its epoch when the image may be sent.</summary>
    public const int Store = 0;

    /// <summary>Claims a checkpoint: raises the epoch, and the answer brings the image as bulk.</summary>
    public const int Retrieve = 1;

    /// <summary>A claimed checkpoint runs in its new place: it is kept under the new key and forgotten under the old one.</summary>
    public const int Confirm = 2;

    /// <summary>Gives a claim up.</summary>
    public const int Abort = 3;

    /// <summary>Reads the index, a record at a time.</summary>
    public const int List = 4;

    /// <summary>The image of the checkpoint that was offered on the same flow, as bulk. Answered when it is durable.</summary>
    public const int Image = 5;
}

/// <summary>Operations of a DSM broker.</summary>
public static class BrokerOperation
{
    /// <summary>The first frame of a flow. Size: the DSM's bytes.</summary>
    public const int Open = 0;

    /// <summary>Changed bytes, as bulk, for the commit that follows. Offset: where. Not answered.</summary>
    public const int Range = 1;

    /// <summary>All changes of a commit were sent. Answered when the commit is visible.</summary>
    public const int Commit = 2;
}
