// Who runs what, as an observer outside of all boards sees it: the judge of "never two, never none".
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tern.Cms.Tests;

/// <summary>Notes where each component runs and how far it came.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<int, string> _holder = [];
    private readonly Dictionary<int, int> _stored = [];
    private readonly Dictionary<int, int> _moves = [];

    /// <summary>The first thing that must not have happened.</summary>
    internal string? Violation { get; private set; }

    internal string? HolderOf(int component) => _holder.GetValueOrDefault(component);

    internal int MovesOf(int component) => _moves.GetValueOrDefault(component);

    internal IEnumerable<int> Components => _stored.Keys.Union(_holder.Keys);

    /// <summary>A component starts on a board.</summary>
    internal void Start(int component, string board, int counter)
    {
        if (_holder.TryGetValue(component, out string? other))
        {
            Violated($"two: component {component} starts on {board} and runs on {other}");
        }

        if (counter < _stored.GetValueOrDefault(component))
        {
            Violated(
                $"lost: component {component} starts on {board} at {counter}, and {_stored[component]} was stored");
        }

        _holder[component] = board;
        _moves[component] = _moves.GetValueOrDefault(component) + 1;
    }

    internal void Stop(int component, string board)
    {
        if (_holder.GetValueOrDefault(component) != board)
        {
            Violated($"component {component} does not run on {board}");
        }

        _holder.Remove(component);
    }

    /// <summary>A checkpoint is said to be stored.</summary>
    internal void Stored(int component, int counter) => _stored[component] = Math.Max(_stored.GetValueOrDefault(component), counter);

    /// <summary>A board lost its power, and everything that ran on it.</summary>
    internal void Lose(string board)
    {
        foreach (int component in _holder.Where(entry => entry.Value == board).Select(entry => entry.Key).ToList())
        {
            _holder.Remove(component);
        }
    }

    private void Violated(string what) => Violation ??= what;
}
