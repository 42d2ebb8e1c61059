// The services that init's children may provide, by their configuration, and the roots of those that were announced.
// Invariant: a row's root is a selector that init holds, or 0 while its server is still to announce it.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Which child provides which service.</summary>
internal sealed class ServiceTable
{
    /// <summary>Most services of all children together.</summary>
    internal const int Capacity = 64;

    private readonly Env _env;
    private readonly string[] _name = new string[Capacity];
    private readonly int[] _child = new int[Capacity];
    private readonly int[] _root = new int[Capacity];
    private int _count;

    internal ServiceTable(Env env)
    {
        _env = env;
    }

    /// <summary>Enters what a start node says it provides.</summary>
    internal void Add(InitLog log, int child, StartNode start)
    {
        for (XmlNode node = start.Provides.Child("service"); node.IsValid; node = node.NextNamed("service"))
        {
            string name = node.Attribute("name", "");
            if (name.Length > 0 && Find(child, name) >= 0)
            {
                log.Reader(start.Who).Fault(node, "service \"" + name + "\" is provided already; remove one");
                continue;
            }

            if (_count == Capacity)
            {
                log.Reader(start.Who).Fault(node, "service table full: " + Capacity.ToString() + " services in one init");
                return;
            }

            if (name.Length > 0)
            {
                _name[_count] = name;
                _child[_count++] = child;
            }
        }
    }

    /// <summary>The row of a child's service; −1 when it does not provide it.</summary>
    internal int Find(int child, string name)
    {
        for (int row = 0; row < _count; row++)
        {
            if (_child[row] == child && _name[row] == name)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>The child that serves a row.</summary>
    internal int Child(int row) => _child[row];

    /// <summary>The root of a row; <see cref="Selectors.Invalid"/> before it is announced.</summary>
    internal int Root(int row) => _root[row];

    internal void SetRoot(int row, int root) => _root[row] = root;

    /// <summary>Gives up the roots of a child that has ended.</summary>
    internal void Withdraw(int child)
    {
        for (int row = 0; row < _count; row++)
        {
            if (_child[row] == child && _root[row] != Selectors.Invalid)
            {
                _env.Release(_root[row]);
                _root[row] = Selectors.Invalid;
            }
        }
    }
}
