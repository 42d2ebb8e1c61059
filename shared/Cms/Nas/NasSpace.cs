// Whether the disk has had room for what it was asked to store: said once when it had not, and once when it has again.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>Watches a store's answers.</summary>
internal sealed class NasSpace
{
    private readonly Env _env;
    private Shortage _blocks;
    private Shortage _records;

    internal NasSpace(Env env)
    {
        _env = env;
    }

    /// <summary>An image was offered, or a checkpoint was to get a second record.</summary>
    /// <param name="error">What the store answered.</param>
    /// <param name="checkpoint">What it was.</param>
    internal void Note(Error error, in Checkpoint checkpoint)
    {
        if (error == Error.Full && _blocks.Begins())
        {
            _env.Log("Error: storage is full: it has no gap for an image of " + checkpoint.Size
                + " bytes. What is stored stays; a larger disk, or smaller images, are needed");
        }
        else if (error == Error.TableFull && _records.Begins())
        {
            _env.Log("Error: storage is full: its index has " + NasFormat.Capacity + " records, and all are in use. What is stored stays");
        }
        else if (error == Error.None)
        {
            bool over = _blocks.Ends();
            if (_records.Ends() || over)
            {
                _env.Log("storage has room again");
            }
        }
    }
}
