// What a call of a session does to the state that a restore has to bring back.
namespace Tern.Rtcr;

/// <summary>The effect of one operation of a service on its session's state.</summary>
public enum CallEffect
{
    /// <summary>Nothing that lasts; whatever capabilities the answer brings are objects to be made again by the same call.</summary>
    None,

    /// <summary>It sets something: the last call of this kind is issued again on restore.</summary>
    Set,

    /// <summary>It ends the object that is the request's first capability.</summary>
    Destroy,
}
