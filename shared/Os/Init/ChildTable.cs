// init's children by number: the order of their start nodes. A child keeps its number over restarts.
namespace Tern.Os;

/// <summary>What has become of a child.</summary>
internal enum ChildState : byte
{
    /// <summary>It could not be started, or has ended and been taken apart.</summary>
    Ended,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has said that its work is done, and waits to be taken apart.</summary>
    Exiting,
}

/// <summary>The children of one init. A number is a row.</summary>
internal sealed class ChildTable
{
    private readonly StartNode[] _start = new StartNode[InitConfig.MaxStarts];
    private readonly ChildState[] _state = new ChildState[InitConfig.MaxStarts];
    private readonly Child?[] _component = new Child?[InitConfig.MaxStarts];
    private readonly ConfigRom?[] _config = new ConfigRom?[InitConfig.MaxStarts];
    private readonly int[] _faultSignal = new int[InitConfig.MaxStarts];
    private readonly int[] _cpu = new int[InitConfig.MaxStarts];
    private readonly int[] _exitValue = new int[InitConfig.MaxStarts];

    internal int Count { get; private set; }

    /// <summary>Adds a start node; −1 when the table is full.</summary>
    internal int Add(StartNode start)
    {
        if (Count == InitConfig.MaxStarts)
        {
            return -1;
        }

        _start[Count] = start;
        return Count++;
    }

    /// <summary>The child of a name; −1 when there is none.</summary>
    internal int Find(string name)
    {
        for (int child = 0; child < Count; child++)
        {
            if (_start[child].Name == name)
            {
                return child;
            }
        }

        return -1;
    }

    internal StartNode Start(int child) => _start[child];

    internal ChildState State(int child) => _state[child];

    internal void SetState(int child, ChildState state) => _state[child] = state;

    /// <summary>Whether sessions of the child can be opened, now or once it has announced their service.</summary>
    internal bool CanServe(int child) => _state[child] == ChildState.Running;

    internal Child? Component(int child) => _component[child];

    internal void SetComponent(int child, Child? component) => _component[child] = component;

    /// <summary>The child's ROM session "config"; <c>null</c> before anybody needs it.</summary>
    internal ConfigRom? Config(int child) => _config[child];

    internal void SetConfig(int child, ConfigRom? rom) => _config[child] = rom;

    /// <summary>The signal context that tells of the child's fault.</summary>
    internal int FaultSignal(int child) => _faultSignal[child];

    internal void SetFaultSignal(int child, int signal) => _faultSignal[child] = signal;

    /// <summary>Percent of init's processor time that the child has; 0 when it has no share of its own.</summary>
    internal int Cpu(int child) => _cpu[child];

    internal void SetCpu(int child, int percent) => _cpu[child] = percent;

    internal int ExitValue(int child) => _exitValue[child];

    internal void SetExitValue(int child, int value) => _exitValue[child] = value;
}
