// What a target has given to the outside, and how far each thing is. The kinds' numbers are part of the image's format.
namespace Tern.Rtcr;

/// <summary>A kind of export.</summary>
internal enum ExportKind
{
    /// <summary>An empty row; in an image, the record of the target itself.</summary>
    Free = ImageFormat.ExportedTarget,

    /// <summary>A service: the root that the target announced.</summary>
    Service = ImageFormat.ExportedService,

    /// <summary>A session that a client has, or had, of a service.</summary>
    Session = ImageFormat.ExportedSession,

    /// <summary>An RPC object or any other gate of the target's that it gave away.</summary>
    RpcObject = ImageFormat.ExportedGate,

    /// <summary>Anything else of the target's that another target of the same RTCR was given, such as a dataspace. It is not wrapped.</summary>
    Shared = ImageFormat.ExportedOther,
}

/// <summary>The state of an export.</summary>
internal enum ExportState
{
    /// <summary>Its object is there, or will be when the target that owns it is back.</summary>
    Known,

    /// <summary>A session that its server does not know (any more): it is to be asked for it again.</summary>
    Unopened,

    /// <summary>Its server has been asked for it again.</summary>
    Opening,

    /// <summary>A session that has ended for its client; its server is to be told.</summary>
    Ended,

    /// <summary>Its server has been told.</summary>
    Closing,
}
