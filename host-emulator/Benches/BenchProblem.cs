// What is wrong in a bench file, and where.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>One problem. Lines and columns count from 1.</summary>
public sealed record BenchProblem(string File, int Line, int Column, string Message)
{
    /// <summary>The way compilers write it, so that editors find the place.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: error: {Printable.Line(Message)}");
}
