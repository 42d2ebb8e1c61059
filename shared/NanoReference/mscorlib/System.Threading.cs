// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

namespace System.Threading;

public static class Interlocked
{
    public static extern int Increment(ref int location);
    public static extern int Decrement(ref int location);
    public static extern int Exchange(ref int location1, int value);
    public static extern int CompareExchange(ref int location1, int value, int comparand);
}

public static class Monitor
{
    public static extern void Enter(object obj);
    public static extern void Exit(object obj);
}
