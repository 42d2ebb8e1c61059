// A component that a test enters: orders wait in a queue, its timer carries them out.
using System;
using System.Collections;
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>What a component is to do in its next handler.</summary>
internal delegate void EnvOrder(Env env);

/// <summary>Carries out what a test wants, and keeps what went wrong with it for the test.</summary>
internal abstract class OrderedProgram : PinnedProgram
{
    private const int OrderLabel = 1;

    private readonly Queue _orders = new Queue();

    /// <summary>What ended an order.</summary>
    internal Exception? Failure;

    internal bool IsIdle => _orders.Count == 0;

    public override void Construct(Env env)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(OrderLabel));
        timer.TriggerPeriodic(1000);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        while (_orders.Count > 0)
        {
            try
            {
                ((EnvOrder)_orders.Dequeue()!)(env);
            }
            catch (Exception failure)
            {
                Failure = failure;
            }
        }
    }

    internal void Order(EnvOrder order) => _orders.Enqueue(order);
}
