// Who has to know when a target has something no longer.
namespace Tern.Rtcr;

/// <summary>Is told of entries that end.</summary>
internal interface IStorageWatcher
{
    /// <summary>An entry's object has ended, or its target has given it up. The entry still says what it was.</summary>
    /// <param name="storage">The target's online storage.</param>
    /// <param name="entry">The entry.</param>
    void OnRemoved(OnlineStorage storage, int entry);
}
