// The kernel notices when its own tables disagree about threads, processor shares and donations.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class AuditTests
{
    [TestMethod]
    [DataRow(0, "a component lists a thread that has ended or is none of its own")]
    [DataRow(1, "a component lists a thread that has ended or is none of its own")]
    [DataRow(2, "threads are miscounted")]
    [DataRow(3, "threads are miscounted")]
    [DataRow(4, "threads are miscounted")]
    [DataRow(5, "a gate or signal context leads to a thread that has ended or is another's")]
    [DataRow(6, "a gate or signal context leads to a thread that has ended or is another's")]
    [DataRow(7, "the users of a share are miscounted")]
    [DataRow(8, "the users of a share are miscounted")]
    [DataRow(9, "a share is more than there is, or does not know what is left")]
    [DataRow(10, "a share is more than there is, or does not know what is left")]
    [DataRow(11, "core holds more or less than its sessions' clients have donated")]
    [DataRow(12, "the ready queue holds other threads than those that are ready")]
    public void WhatDisagreesIsNamed(int what, string named)
    {
        var machine = new Machine();
        machine.Add("a").Share = 2000;
        machine.Add("b");
        machine.Boot();
        machine.Do("a", env => env.Entrypoint(1, "second", 9));
        Assert.IsNull(machine.Kernel.Audit());

        Break(machine.Kernel, machine.Task("a"), machine.Task("b"), what);

        string? broken = machine.Kernel.Audit();
        Assert.IsTrue(broken != null && broken.Length >= named.Length && broken.Substring(0, named.Length) == named, broken);
    }

    private static void Break(Microkernel kernel, Task a, Task b, int what)
    {
        Thread second = a.Threads!.NextOfTask!;
        switch (what)
        {
            case 0:
                second.Priority = Priorities.Count;
                break;
            case 1:
                second.PauseCount = -1;
                break;
            case 2:
                a.ThreadCount++;
                break;
            case 3:
                a.Threads.NextOfTask = null;
                a.ThreadCount--;
                break;
            case 4:
                a.Threads = second;
                a.ThreadCount--;
                break;
            case 5:
                kernel.Lifecycle.CreateGate(b, second, 1);
                break;
            case 6:
                kernel.Lifecycle.CreateIrq(a, null, 1);
                break;
            case 7:
                second.Cpu = b.Cpu;
                break;
            case 8:
                b.Cpu = a.Cpu;
                break;
            case 9:
                a.Cpu!.Share!.IsSpent = true;
                break;
            case 10:
                a.Cpu!.Share!.Used = -1;
                break;
            case 11:
                Task.Give(kernel.Tasks[1]!, kernel.Core.Task, 1, 0);
                break;
            default:
                second.StartPending = true;
                kernel.Ready.Add(second);
                second.Cpu!.Share!.Used = second.Cpu.Share.Limit;
                second.Cpu.Share.IsSpent = true;
                break;
        }
    }
}
