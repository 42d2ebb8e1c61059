// A benchmark: some cases that belong together and are measured in turns, so that what disturbs one disturbs all.
namespace Tern.Benchmarks;

/// <summary>Cases over one machinery. Made, measured once, disposed.</summary>
internal abstract class Benchmark : IDisposable
{
    /// <summary>What it measures, in one line.</summary>
    internal abstract string Title { get; }

    /// <summary>What a reader has to know to read the figures; empty for nothing.</summary>
    internal virtual string Note => "";

    /// <summary>Figures that no clock measured, such as modelled times; read after the run.</summary>
    internal virtual IEnumerable<Figure> Figures => [];

    /// <summary>Makes the cases.</summary>
    /// <param name="size">Full size, or as small as still makes sense: for a test that it runs at all.</param>
    internal abstract IReadOnlyList<Case> Prepare(Size size);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>How large the things are that are measured.</summary>
internal enum Size
{
    /// <summary>The smallest of each.</summary>
    Brief,

    /// <summary>All that the results are about.</summary>
    Full,
}

/// <summary>A figure that was not measured by the harness.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">It, with its unit.</param>
internal sealed record Figure(string Name, string Value);
