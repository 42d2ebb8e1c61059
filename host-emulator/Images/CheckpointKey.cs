// The key of a checkpoint: a MAC address and an offset, written "34:36:00:0c:22:38+0".
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>Which checkpoint.</summary>
internal readonly record struct CheckpointKey(long Mac, int Offset)
{
    /// <summary>Reads a key; without <c>+offset</c>, the offset is 0.</summary>
    internal static bool TryParse(string text, out CheckpointKey key)
    {
        key = default;
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        int offset = 0;
        bool isKey = Os.Mac.TryParse(plus < 0 ? text : text[..plus], out long mac)
            && (plus < 0 || int.TryParse(text.AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture, out offset));
        key = new CheckpointKey(mac, offset);
        return isKey;
    }

    public override string ToString() => $"{Os.Mac.Format(Mac)}+{Invariant.Of(Offset)}";
}
