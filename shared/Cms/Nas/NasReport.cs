// What a NAS says of its disk: what happened, and what to do.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Texts for the log.</summary>
internal static class NasReport
{
    /// <summary>Why a store could not be opened.</summary>
    /// <param name="store">The store.</param>
    /// <param name="error">What opening it answered.</param>
    internal static string Refusal(NasStore store, Error error)
    {
        string text = "Error: storage is refused: ";
        switch (store.Opening)
        {
            case NasOpening.Damaged:
                text += "neither copy of its index is whole, and neither is blank. Nothing was changed";
                break;
            case NasOpening.OtherSize:
                text += "its index is of a disk of another size; this one has " + store.BlockCount + " blocks of " + store.BlockSize
                    + " bytes. Nothing was changed";
                break;
            default:
                return error == Error.Full
                    ? "Error: storage is too small: it has " + store.BlockCount + " blocks, and the index takes " + store.IndexBlocks + " of them"
                    : "Error: storage cannot be used: " + Errors.Name(error) + "; trying again";
        }

        return text;
    }

    /// <summary>What to do about it; empty when that was said with it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="asked">What the configuration gives up.</param>
    internal static string Remedy(NasStore store, string asked)
    {
        string other = asked.Length > 0 ? "Error: format=\"" + asked + "\" is not about what is there now. To" : "Error: to";
        return store.Fingerprint.Length == 0 ? "" : other + " give up its checkpoints, configure format=\"" + store.Fingerprint + "\"";
    }

    /// <summary>What was done to open it; empty when it was whole.</summary>
    internal static string Opened(NasOpening opening)
    {
        switch (opening)
        {
            case NasOpening.Blank:
                return "storage was empty: new index";
            case NasOpening.GivenUp:
                return "Warning: what was on the storage has been given up, as configured: new index";
            case NasOpening.Repaired:
                return "Warning: index was torn: repaired from its copy";
            default:
                return "";
        }
    }
}
