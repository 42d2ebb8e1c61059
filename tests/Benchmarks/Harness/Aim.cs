// What an issue or rule asks of a case: so many nanoseconds, or so many times what the case beside it takes.
using System.Globalization;

namespace Tern.Benchmarks;

/// <summary>A limit on a case's time.</summary>
/// <param name="Text">The aim in its own words.</param>
/// <param name="IsRatio">Whether the limit is on the ratio to the case beside, and not on nanoseconds.</param>
/// <param name="Most">The limit.</param>
internal sealed record Aim(string Text, bool IsRatio, double Most)
{
    /// <summary>At most so many nanoseconds an operation.</summary>
    internal static Aim Nanoseconds(double most) => new("≤ " + most.ToString(CultureInfo.InvariantCulture) + " ns", false, most);

    /// <summary>At most so many times the case beside.</summary>
    internal static Aim Times(double most) => new("≤ " + most.ToString(CultureInfo.InvariantCulture) + " ×", true, most);

    /// <summary>At least such a share of the speed of the case beside.</summary>
    internal static Aim Share(double least) => new("≥ " + Percent(least) + " of its speed", true, 1 / least);

    /// <summary>At most such a share of the time is something else than the case beside.</summary>
    internal static Aim Overhead(double most) => new("≤ " + Percent(most) + " on top of it", true, 1 / (1 - most));

    /// <summary>Whether a result reaches the aim.</summary>
    internal bool IsReached(Result result) => (IsRatio ? result.Ratio : result.Median) <= Most;

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
