// From which size on something pays: looked for between measured sizes, never extrapolated beyond them.
namespace Tern.HostEmulator;

internal static class BreakEven
{
    /// <summary>The smallest size from which on it pays at every measured size.</summary>
    /// <param name="sizes">The measured sizes, ascending, multiples of <paramref name="step"/>.</param>
    /// <param name="step">How fine to look between the last measured size at which it does not pay and the next.</param>
    /// <param name="pays">Whether it pays at a size.</param>
    /// <returns>The size; <c>null</c> when it does not pay at the largest. The smallest measured size means: there or below.</returns>
    internal static int? Find(IReadOnlyList<int> sizes, int step, Func<int, bool> pays)
    {
        int first = sizes.Count;
        while (first > 0 && pays(sizes[first - 1]))
        {
            first--;
        }

        if (first == sizes.Count)
        {
            return null;
        }

        if (first == 0)
        {
            return sizes[0];
        }

        int not = sizes[first - 1];
        int does = sizes[first];
        while (does - not > step)
        {
            int middle = not + ((does - not) / (2 * step) * step);
            if (pays(middle))
            {
                does = middle;
            }
            else
            {
                not = middle;
            }
        }

        return does;
    }
}
