// A board with init and some children of it, none of which needs a program of its own: tests write the handlers in place.
using System;
using System.Collections;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A small component tree for a test. The kernel audits itself after every dispatch.</summary>
public sealed class Machine
{
    private readonly Hashtable _scripts = new Hashtable();
    private Microkernel? _kernel;

    public Machine()
    {
        Board = new TestBoard();
        Init = new Scripted();
        Board.With("init", Init);
        _scripts["init"] = Init;
        Profile.MaxObjects = 512;
        Profile.MaxGates = 256;
        Profile.MaxIrqs = 64;
        Profile.MaxDataspaces = 64;
        Profile.MaxRegions = 128;
        Profile.MaxRegionMaps = 24;
        Profile.MaxRequests = 32;
        Profile.MaxRequestsPerTask = 16;
        Profile.MaxSessions = 64;
        Profile.BankSizes = new int[] { 512 * 1024, 512 * 1024 };
    }

    public TestBoard Board { get; }

    public Scripted Init { get; }

    public BoardProfile Profile => Board.Profile;

    public Microkernel Kernel => _kernel!;

    /// <summary>What the components did, in order; see <see cref="Note"/>.</summary>
    public string Notes { get; private set; } = "";

    /// <summary>The script of a component that was added.</summary>
    public Scripted this[string name] => (Scripted)_scripts[name]!;

    /// <summary>Adds a child of init; what is set on it before <see cref="Boot"/> holds from the start.</summary>
    public TestChild Add(string name)
    {
        TestChild child = Describe(name);
        Init.Children.Add(child);
        return child;
    }

    /// <summary>A child that init makes when it starts, by its name.</summary>
    public TestChild Child(string name)
    {
        for (int i = 0; i < Init.Children.Count; i++)
        {
            var child = (TestChild)Init.Children[i]!;
            if (child.Name == name)
            {
                return child;
            }
        }

        throw new InvalidOperationException("no child of that name: " + name);
    }

    /// <summary>Puts a program into the boot image that some component will make a child of.</summary>
    public TestChild Describe(string name)
    {
        var script = new Scripted();
        _scripts[name] = script;
        Board.With(name, script);
        return new TestChild(name, script);
    }

    /// <summary>Makes a child at run time.</summary>
    public TestChild Spawn(string parent, TestChild child)
    {
        Error error = Error.None;
        Scripted script = this[parent];
        script.Children.Add(child);
        Do(parent, env => error = child.Make(env, Scripted.FirstChildLabel + script.Children.Count - 1));
        Expect.Ok(error);
        return child;
    }

    public Machine Boot()
    {
        _kernel = new Microkernel(Board);
        Expect.Ok(_kernel.Boot());
        return Settle();
    }

    /// <summary>Lets everything run that can.</summary>
    public Machine Settle() => Settle(Drive.Endless);

    /// <summary>Lets everything run that can, with so many dispatches at most.</summary>
    public Machine Settle(int most)
    {
        Drive.Settle(Kernel, most);
        return Check();
    }

    public Machine Run(long nanoseconds) => Run(nanoseconds, int.MaxValue);

    /// <summary>Lets a number of nanoseconds pass, with so many dispatches at most.</summary>
    public Machine Run(long nanoseconds, int most)
    {
        Drive.Run(Kernel, Board, nanoseconds, most);
        return Check();
    }

    /// <summary>Runs a piece of code in a component, as a handler of it, and everything that follows from it.</summary>
    public Machine Do(string name, EnvAction action)
    {
        Post(name, action);
        Settle();
        Assert.IsNull(this[name].Entered, name + " was not entered");
        return this;
    }

    /// <summary>Queues a piece of code for a component.</summary>
    public Machine Post(string name, EnvAction action)
    {
        Scripted script = this[name];
        script.Entered = env =>
        {
            script.Entered = null;
            action(env);
        };
        int id = Task(name).Capabilities.Lookup(script.EnterSignal);
        Assert.IsTrue(id != 0, name + " cannot be entered");
        Kernel.Trigger(Kernel.Objects.Index(id), 1);
        return this;
    }

    /// <summary>Notes what happens, for a claim about the order of things.</summary>
    public void Note(string what) => Notes += (Notes.Length == 0 ? "" : " ") + what;

    public void ClearNotes() => Notes = "";

    /// <summary>The kernel's task of a component: the last part of its label is the name.</summary>
    internal Task Task(string name)
    {
        Task? task = FindTask(name);
        Assert.IsNotNull(task, "no component " + name);
        return task!;
    }

    internal Task? FindTask(string name)
    {
        for (int i = 0; i < Kernel.Tasks.Capacity; i++)
        {
            Task? task = Kernel.Tasks[i];
            if (task != null && (task.Label == name || EndsWith(task.Label, " " + name)))
            {
                return task;
            }
        }

        return null;
    }

    /// <summary>Delegates a capability from one component to another, past both.</summary>
    /// <returns>The receiver's selector.</returns>
    public int Grant(string from, int selector, string to)
    {
        int id = Task(from).Capabilities.Lookup(selector);
        Assert.IsTrue(id != 0, from + " has nothing at " + selector);
        int granted = Task(to).Capabilities.Insert(id, out Error error);
        Expect.Ok(error);
        return granted;
    }

    /// <summary>Makes a gate in a component and delegates it to another.</summary>
    public int Gate(string server, int label, string client)
    {
        int gate = 0;
        Do(server, env => gate = env.Gate(label));
        return Grant(server, gate, client);
    }

    private static bool EndsWith(string text, string end)
        => text.Length >= end.Length && text.Substring(text.Length - end.Length) == end;

    private Machine Check()
    {
        foreach (object? script in _scripts.Values)
        {
            Exception? failure = ((Scripted)script!).Failure;
            if (failure != null)
            {
                throw failure;
            }
        }

        return this;
    }
}
