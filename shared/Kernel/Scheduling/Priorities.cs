// The scale of thread priorities.
namespace Tern.Kernel;

/// <summary>Thread priorities: a larger number is more urgent.</summary>
public static class Priorities
{
    /// <summary>How many priorities there are; they run from 0.</summary>
    public const int Count = 16;

    /// <summary>What a component gets unless its configuration says otherwise.</summary>
    public const int Default = 4;
}
